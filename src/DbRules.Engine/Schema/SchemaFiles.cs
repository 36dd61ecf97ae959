using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Schema;

/// <summary>The files with SQL that a project hands to the compiler as its schema. Nothing is read before <see cref="Scripts"/> is asked.</summary>
internal sealed class SchemaFiles
{
    /// <summary>The end of the name of such a file.</summary>
    public const string FileExtension = ".sql";

    private static readonly SchemaFiles Empty = new([]);
    private static readonly ConditionalWeakTable<SourceText, SqlScript> Parsed = new();

    private readonly ImmutableArray<AdditionalText> _files;
    private readonly Lazy<ImmutableArray<SqlScript>> _scripts;

    private SchemaFiles(ImmutableArray<AdditionalText> files)
    {
        _files = files;
        _scripts = new(() => [.. files.Select(static file => file.GetText()).OfType<SourceText>().Select(static text => Parsed.GetValue(text, static text => SqlScript.Parse(text.ToString())))]);
    }

    /// <summary>Those of the files whose name ends in <c>.sql</c>, by their paths.</summary>
    public static SchemaFiles Of(ImmutableArray<AdditionalText> files)
    {
        ImmutableArray<AdditionalText> sql = files.RemoveAll(static file => !file.Path.EndsWith(FileExtension, StringComparison.OrdinalIgnoreCase));
        return sql.IsEmpty ? Empty : new SchemaFiles(sql.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path)));
    }

    /// <summary>The parsed files, by their paths. Files that cannot be read are left out.</summary>
    public ImmutableArray<SqlScript> Scripts => _scripts.Value;

    /// <summary>Whether the other has the same files.</summary>
    public bool AreThoseOf(SchemaFiles other) => ReferenceEquals(this, other) || _files.SequenceEqual(other._files);
}
