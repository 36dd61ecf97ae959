using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The tables that SQL inside the strings of code creates, or whose columns it changes: what such a table has is not what its entity says. Thread-safe.</summary>
internal sealed class TextTables(Compilation compilation)
{
    private static readonly FileSearch<string> Changed = new(Read, "CREATE TABLE", "create table", "Create Table", "ALTER TABLE", "alter table", "Alter Table");

    private readonly Later<Compilation, HashSet<string>> _names = new(compilation, static compilation => new(Changed.In(ModelSources.Trees(compilation)), StringComparer.OrdinalIgnoreCase));

    public bool Contain(string table) => _names.Value.Contains(table);

    private static IEnumerable<string> Read(CompilationUnitSyntax file)
    {
        foreach (SyntaxToken token in file.DescendantTokens())
        {
            bool isText = token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken;
            if (!isText || token.ValueText.IndexOf("TABLE", StringComparison.OrdinalIgnoreCase) < 0)
                continue;
            foreach (SqlStatement statement in SqlScript.Parse(SqlText.From(token.ValueText)).AllStatements)
            {
                if (statement.Definition is { } definition && (!definition.IsAlteration || definition.Columns.Count + definition.DroppedColumns.Count + definition.ChangedColumns.Count > 0))
                    yield return definition.Table.Name;
            }
        }
    }
}
