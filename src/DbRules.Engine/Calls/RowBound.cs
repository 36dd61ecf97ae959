namespace DbRules.Engine.Calls;

/// <summary>What limits how many rows a read returns, the less the smaller.</summary>
public enum RowBound
{
    /// <summary>Nothing: it returns every row there is.</summary>
    WholeTable,

    /// <summary>A filter that any number of rows may pass.</summary>
    Filter,

    /// <summary>Something that keeps the number of rows small or that the caller asked for, or what limits them is not known: rules stay quiet.</summary>
    Limited,
}
