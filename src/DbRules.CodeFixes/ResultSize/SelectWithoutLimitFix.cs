using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.ResultSize;

/// <summary>Gives SQL text the order and the limit that it lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SelectWithoutLimitFix))]
[Shared]
public sealed class SelectWithoutLimitFix() : DocumentFix("DBR203", Title)
{
    /// <summary>The equivalence key of the code action; its title has the number.</summary>
    public const string Title = RowLimitFix.LimitTitle;

    private protected override string TitleOf(Diagnostic diagnostic) =>
        SqlLimitHint.From(diagnostic.Properties) is { } hint ? RowLimitFix.TitleFor(hint.Limit) : Title;

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (SqlLimitHint.From(diagnostic.Properties) is not { } hint
            || SqlString.At(edit, hint.End.Start) is not { } end
            || SqlString.At(edit, hint.Select.End) is not { } start
            || !edit.IsWellFormed(end.Node)
            || !edit.IsFree(hint.Select))
        {
            return false;
        }

        bool isLower = edit.Slice(hint.Select) == "select";
        var clauses = new List<string>();
        if (hint.Key is { } key)
            clauses.Add($"{Spelled("ORDER BY", isLower)} {key}");
        switch (hint.Clause)
        {
            case SqlLimitClause.Limit:
                clauses.Add($"{Spelled("LIMIT", isLower)} {hint.Limit}");
                break;
            case SqlLimitClause.FetchNext or SqlLimitClause.FetchFirst:
                string word = hint.Clause == SqlLimitClause.FetchNext ? "FETCH NEXT" : "FETCH FIRST";
                clauses.Add($"{Spelled(word, isLower)} {hint.Limit} {Spelled("ROWS ONLY", isLower)}");
                break;
        }

        string separator = end.NewLine(hint.LastClause) ?? " ";
        if (end.Write(string.Concat(clauses.Select(clause => separator + clause))) is not { } text)
            return false;
        if (hint.Clause == SqlLimitClause.Top)
            edit.Replace(new TextSpan(hint.Select.End, 0), $" {Spelled("TOP", isLower)} ({hint.Limit})");
        edit.Replace(hint.End, text);
        return true;
    }

    private static string Spelled(string keywords, bool isLower) => isLower ? keywords.ToLowerInvariant() : keywords;
}
