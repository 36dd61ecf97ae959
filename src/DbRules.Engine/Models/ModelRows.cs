using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>A <c>type</c> line with the rows under it.</summary>
internal sealed class TypeRow(TypeModel model, TypeMarks marks, string[] assemblies, string[] namespaces, TextSpan nameSpan)
{
    private readonly Dictionary<string, MemberModel> _members = new(StringComparer.Ordinal);
    private readonly List<MemberRow> _rows = [];

    public TypeModel Model { get; } = model;

    public TypeMarks Marks { get; } = marks;

    /// <summary>Assemblies that hold the type; seeing one of them stands for seeing the type.</summary>
    public string[] Assemblies { get; } = assemblies;

    /// <summary>Namespaces whose <c>using</c> stands for seeing the type, where every project references its assembly.</summary>
    public string[] Namespaces { get; } = namespaces;

    public TextSpan NameSpan { get; } = nameSpan;

    public IReadOnlyList<MemberRow> Rows => _rows;

    public IEnumerable<string> MemberNames => _members.Keys;

    public bool Has(TypeMarks mark) => (Marks & mark) != 0;

    public MemberModel? Member(string name) => _members.TryGetValue(name, out var member) ? member : null;

    /// <summary>Adds a row whose names have none yet. Returns the member that the row itself names twice, if any; its first mention counts.</summary>
    public RowMember? TryAdd(MemberRow row)
    {
        RowMember? twice = null;
        _rows.Add(row);
        foreach (var member in row.Members)
        {
            if (_members.ContainsKey(member.Model.Name))
                twice = member;
            else
                _members.Add(member.Model.Name, member.Model);
        }

        return twice;
    }
}

/// <summary>What a <c>type</c> line says beside traits.</summary>
[Flags]
internal enum TypeMarks
{
    None = 0,

    /// <summary><c>optional</c>: a project without the type is no problem.</summary>
    Optional = 1 << 0,

    /// <summary>The line has words about the type itself. Without any it only heads rows, and says nothing about the type.</summary>
    StatesTraits = 1 << 1,

    /// <summary><c>nothing</c>: the type is nothing to the rules, whatever other rows say.</summary>
    Silences = 1 << 2,
}

/// <summary>One row: members that share their words.</summary>
internal sealed class MemberRow(IReadOnlyList<RowMember> members, IReadOnlyList<Token> parameters, bool optional)
{
    public IReadOnlyList<RowMember> Members { get; } = members;

    /// <summary>Each name behind a role, where it stands.</summary>
    public IReadOnlyList<Token> Parameters { get; } = parameters;

    /// <summary><c>optional</c>: some versions of the library lack the members.</summary>
    public bool Optional { get; } = optional;
}

/// <summary>A member and the place of the group that names it.</summary>
internal sealed class RowMember(MemberModel model, TextSpan span)
{
    public MemberModel Model { get; } = model;

    public TextSpan Span { get; } = span;
}

/// <summary>One file as read.</summary>
internal sealed class ModelFile(string path, SourceText text, ImmutableArray<TypeRow> types, ImmutableArray<ModelProblem> problems)
{
    private readonly Lazy<ImmutableArray<MemberModel>> _members = new(() => [.. types.SelectMany(static type => type.Rows).SelectMany(static row => row.Members).Select(static member => member.Model)]);

    public string Path { get; } = path;

    public SourceText Text { get; } = text;

    public ImmutableArray<TypeRow> Types { get; } = types;

    public ImmutableArray<ModelProblem> Problems { get; } = problems;

    /// <summary>The members of all rows. The files that come with the rules serve all compilations: one list of them serves all questions.</summary>
    public ImmutableArray<MemberModel> Members => _members.Value;

    /// <summary>Whether the file is about libraries in assemblies that it names, and none of them is among those that a compilation references.</summary>
    public bool IsOutOfSight(ISet<string> references)
    {
        bool names = false;
        foreach (TypeRow type in Types)
        {
            foreach (string assembly in type.Assemblies)
            {
                if (references.Contains(assembly))
                    return false;
                names = true;
            }
        }

        return names;
    }

    public ModelProblem Problem(TextSpan span, string message) => new(message, Path, span, Text.Lines.GetLinePositionSpan(span));
}
