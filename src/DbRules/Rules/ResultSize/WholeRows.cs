using System.Globalization;
using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>A query fetches every column of its entities, and the code uses a few of them.</summary>
public sealed class WholeRows() : DbRule(RuleCatalog.WholeRows)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.ColumnReadOf(call.Call) is not { } read || call.Facts.ResultSize.IsSmall(read.Row))
            return;
        call.ReportAt(read.Boundary ?? read.Query, ProjectionHint.Of(read), read.Boundary?.TargetMethod.Name ?? call.Call.Name, read.ColumnCount.ToString(CultureInfo.InvariantCulture), read.Row.Name, Names(read));
    });

    /// <summary>'Id', 'Name' and 'Email'.</summary>
    private static string Names(ColumnRead read)
    {
        string[] names = [.. read.Columns.Select(static column => $"'{column.Name}'")];
        return names is [var only] ? only : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];
    }
}
