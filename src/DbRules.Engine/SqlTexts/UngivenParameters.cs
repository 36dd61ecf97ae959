using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds parameters of a text that nobody gives a value.</summary>
internal sealed class UngivenParameters(ModelIndex models)
{
    /// <summary>Those of a text that a call sends, in text order; empty when it is not known which values it gets.</summary>
    public IEnumerable<UngivenParameter> In(SentSql sql, SqlDialect dialect)
    {
        if (sql.Call is not { } call || SqlParameterUse.NeededBy(sql.Script) is not { Count: > 0 } uses || GivenTo(call) is not { } given)
            yield break;
        foreach (IGrouping<string, SqlParameterUse> missing in uses.GroupBy(static use => use.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (given.Names.Contains(missing.Key))
                continue;
            string? nearest = NearNames.NearestTo(missing.Key, given.Names.Where(name => !uses.Any(use => string.Equals(use.Name, name, StringComparison.OrdinalIgnoreCase))));
            // A variable of MySQL's session needs no value from here.
            if (nearest is not null || (given.IsAll && dialect != SqlDialect.MySql))
                yield return new UngivenParameter(missing.First().Name, [.. missing.Select(static use => use.Span)], nearest);
        }
    }

    private GivenParameters? GivenTo(DbCall call)
    {
        // A query takes what its root was given.
        if (call.Query is { } query)
        {
            return query.Origin is Microsoft.CodeAnalysis.Operations.IInvocationOperation root && models.Of(root.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Values, out string? name)
                ? new ArgumentNames(models, call.Body).OfList(Flow.Operations.Argument(root, name))
                : null;
        }

        if (call.Argument(ParameterRole.Command) is { } command)
            return new CommandParameters(models, call.Body).Of(command, call.Operation);
        if (call.Model?.Parameters.ContainsKey(ParameterRole.Values) != true)
            return null;
        return call.Argument(ParameterRole.Values) is { } values ? new ArgumentNames(models, call.Body).Of(values, call.Operation) : new GivenParameters([], isAll: true);
    }
}
