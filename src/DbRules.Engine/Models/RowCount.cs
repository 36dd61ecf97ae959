namespace DbRules.Engine.Models;

/// <summary>How much a reading member returns.</summary>
public enum RowCount
{
    /// <summary>The row does not say.</summary>
    Unknown,

    /// <summary><c>none</c>: nothing, or a count of changed rows.</summary>
    None,

    /// <summary><c>scalar</c>: one value, such as a count.</summary>
    Scalar,

    /// <summary><c>one</c>: one row at most.</summary>
    One,

    /// <summary><c>many</c>: any number of rows.</summary>
    Many,
}
