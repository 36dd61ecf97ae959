using DbRules.Engine.Transactions;

namespace DbRules.Hints;

/// <summary>Makes hints of the engine's answer.</summary>
internal static class RetryUnitHints
{
    public static RetryUnitHint? From(RetryUnit? unit) =>
        unit is null ? null : new RetryUnitHint { First = unit.First, Last = unit.Last, Session = unit.Session, Token = unit.Token };
}
