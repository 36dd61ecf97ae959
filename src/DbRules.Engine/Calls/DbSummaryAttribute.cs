namespace DbRules.Engine.Calls;

/// <summary>The name of the attribute type by which an assembly states what its members do. Each assembly has its own, internal one.</summary>
public static class DbSummaryAttribute
{
    public const string Namespace = "DbRules";

    public const string Name = "DbRulesSummaryAttribute";

    public const string FullName = Namespace + "." + Name;
}
