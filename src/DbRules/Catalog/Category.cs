namespace DbRules.Catalog;

/// <summary>The families of rules. One line of an <c>.editorconfig</c> sets the severity of a whole family.</summary>
public static class Category
{
    public const string Configuration = "DbRules.Configuration";
    public const string RoundTrips = "DbRules.RoundTrips";
    public const string ResultSize = "DbRules.ResultSize";
    public const string Transactions = "DbRules.Transactions";
    public const string Lifetimes = "DbRules.Lifetimes";
    public const string SqlText = "DbRules.SqlText";
}
