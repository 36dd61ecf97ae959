using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>What the fluent configuration in view says about the columns of entities, by the names that it uses.</summary>
internal sealed class ColumnConfiguration
{
    /// <summary>What gives a table columns that no property of its entity has, or puts columns elsewhere.</summary>
    private static readonly string[] Reshaping =
    [
        "OwnsOne", "OwnsMany", "ComplexProperty", "ComplexCollection", "SplitToTable", "HasDiscriminator", "UseTpcMappingStrategy", "UseTptMappingStrategy", "ToJson", "IsTemporal", "SharedTypeEntity",
        "UsingEntity", "IndexerProperty", "HasBaseType", "MapInheritedProperties",
    ];

    /// <summary>What names the columns of all entities by a rule of its own.</summary>
    private static readonly string[] Naming =
    [
        "SetColumnName", "UseSnakeCaseNamingConvention", "UseLowerCaseNamingConvention", "UseUpperCaseNamingConvention", "UseCamelCaseNamingConvention", "UseUpperSnakeCaseNamingConvention", "RewriteName",
    ];

    private static readonly string[] OfProperties = ["HasColumnName", "IsRequired", "HasComputedColumnSql", "ValueGeneratedOnAddOrUpdate", "IsRowVersion"];

    private readonly List<(string? Entity, string Member, string Column)> _columns = [];
    private readonly List<(string? Entity, string Member, bool IsRequired)> _required = [];
    private readonly List<(string? Entity, string Member)> _ignored = [];
    private readonly List<(string? Entity, string Member)> _unclear = [];
    private readonly List<(string? Entity, string Member)> _computed = [];
    private readonly HashSet<string> _reshaped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignoredTypes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requiringRelations = new(StringComparer.Ordinal);
    private bool _reshapesUnnamed;

    private ColumnConfiguration()
    {
    }

    /// <summary>The names of the classes that the configuration makes entities.</summary>
    public HashSet<string> Entities { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the names of columns follow from those of properties, but where the configuration states another.</summary>
    public bool NamesByProperties { get; private set; } = true;

    public static ColumnConfiguration Read(Compilation compilation)
    {
        var configuration = new ColumnConfiguration();
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(
            compilation,
            words: [.. Reshaping, .. Naming, .. OfProperties, ".Ignore(", ".Ignore<", ".Property(", ".Property<", ".Entity<"],
            names: [.. Reshaping, .. Naming, .. OfProperties, "Ignore", "Property", "Entity"]))
        {
            configuration.Read(call, (MemberAccessExpressionSyntax)call.Expression);
        }

        return configuration;
    }

    /// <summary>Whether the configuration may give the table of an entity other columns than the properties of its class.</summary>
    public bool Reshapes(string entity) => _reshapesUnnamed || _reshaped.Contains(entity);

    /// <summary>The column that the configuration states for a property; null when it states none.</summary>
    public string? ColumnOf(string entity, string member) => _columns.FindLast(entry => IsAbout(entry.Entity, entity) && entry.Member == member).Column;

    /// <summary>Whether the configuration says that a property must have a value; null when it says nothing, or both.</summary>
    public bool? IsRequired(string entity, string member)
    {
        List<(string? Entity, string Member, bool IsRequired)> said = _required.FindAll(entry => IsAbout(entry.Entity, entity) && entry.Member == member);
        return said.Count > 0 && said.TrueForAll(entry => entry.IsRequired == said[0].IsRequired) ? said[0].IsRequired : null;
    }

    /// <summary>Whether relations of an entity are said to be required, so that its nullable keys may be too.</summary>
    public bool HasRequiredRelation(string entity) => _requiringRelations.Contains(entity);

    public bool IsIgnored(IPropertySymbol property, string entity) =>
        _ignored.Exists(entry => IsAbout(entry.Entity, entity) && entry.Member == property.Name) || _ignoredTypes.Contains(property.Type.Name);

    /// <summary>Whether what the configuration says about a property is not understood.</summary>
    public bool IsUnclear(string entity, string member) =>
        _unclear.Exists(entry => IsAbout(entry.Entity, entity) && entry.Member == member)
        || _required.Exists(entry => IsAbout(entry.Entity, entity) && entry.Member == member && IsRequired(entity, member) is null);

    /// <summary>Whether the database makes the values of a property.</summary>
    public bool IsComputed(string entity, string member) => _computed.Exists(entry => IsAbout(entry.Entity, entity) && entry.Member == member);

    private static bool IsAbout(string? stated, string entity) => stated is null || stated == entity;

    private void Read(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access)
    {
        string name = access.Name.Identifier.ValueText;
        if (Naming.Contains(name))
        {
            NamesByProperties = false;
            return;
        }

        string? entity = FluentCalls.EntityOf(access);
        if (Reshaping.Contains(name))
        {
            if (entity is null)
                _reshapesUnnamed = true;
            else
                _reshaped.Add(entity);
            return;
        }

        switch (name)
        {
            case "Entity" when FluentCalls.TypeArgument(access.Name as GenericNameSyntax) is { } stated:
                Entities.Add(stated);
                break;
            case "Ignore" when FluentCalls.TypeArgument(access.Name as GenericNameSyntax) is { } type:
                _ignoredTypes.Add(type);
                break;
            case "Ignore" when FluentCalls.FirstMember(call) is { } ignored:
                _ignored.Add((entity, ignored));
                break;
            case "Property":
                // A property that the class does not have.
                if (call.ArgumentList.Arguments is not [{ Expression: LambdaExpressionSyntax }, ..] && access.Name is GenericNameSyntax && entity is not null)
                    _reshaped.Add(entity);
                break;
            case var _ when OfProperties.Contains(name):
                ReadProperty(call, access, entity);
                break;
        }
    }

    private void ReadProperty(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, string? entity)
    {
        string name = access.Name.Identifier.ValueText;
        if (MemberBefore(access) is not { } member)
        {
            if (name == "IsRequired" && entity is not null)
                _requiringRelations.Add(entity);
            return;
        }

        ExpressionSyntax? argument = call.ArgumentList.Arguments is [{ Expression: var first }, ..] ? first : null;
        switch (name)
        {
            case "HasColumnName" when argument is LiteralExpressionSyntax { Token.Value: string column }:
                _columns.Add((entity, member, column));
                break;
            case "IsRequired" when argument is null or LiteralExpressionSyntax:
                _required.Add((entity, member, argument?.IsKind(SyntaxKind.FalseLiteralExpression) != true));
                break;
            case "HasComputedColumnSql" or "ValueGeneratedOnAddOrUpdate" or "IsRowVersion":
                _computed.Add((entity, member));
                break;
            default:
                _unclear.Add((entity, member));
                break;
        }
    }

    /// <summary>The member that the <c>Property(..)</c> at the start of a chain names; null when the chain starts otherwise.</summary>
    private static string? MemberBefore(MemberAccessExpressionSyntax access)
    {
        ExpressionSyntax receiver = access.Expression;
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax before } link)
        {
            if (before.Name.Identifier.ValueText == "Property")
                return FluentCalls.FirstMember(link);
            receiver = before.Expression;
        }

        return null;
    }
}
