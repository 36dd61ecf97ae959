using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Transactions;

/// <summary>
/// The session types that calls of a set-up are about: a type argument around the call (<c>AddDbContext&lt;Shop&gt;(...)</c>), the type argument of the builder that
/// it is called on, or the session class that it stands in. Helpers are followed to where they are named. What tests and tools of developers set up does not count.
/// </summary>
internal sealed class SessionSetups(CompilationContext context, EditorMemory memory)
{
    /// <summary>Behind more helpers nobody can say what is set up.</summary>
    private const int MaxHelpers = 50;

    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<ISymbol> _owners = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(string Name, int TypeParameter)> _helpers = [];

    /// <summary>Whether a call is about sessions whose type the code in view does not name.</summary>
    public bool HasUnnamed { get; private set; }

    /// <summary>Whether no call was found.</summary>
    public bool IsEmpty => _types.Count == 0 && _owners.Count == 0 && !HasUnnamed;

    /// <summary>Whether a call is about sessions of a type.</summary>
    public bool IsAbout(INamedTypeSymbol session)
    {
        if (_types.Contains(session.Name))
            return true;
        for (INamedTypeSymbol? type = session; type is not null; type = type.BaseType)
        {
            if (_owners.Contains(type.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>Finds what a call of a set-up is about.</summary>
    public void Add(SyntaxNode call)
    {
        List<string>? named = null;
        SyntaxNode? at = call;
        for (; at is not (null or MemberDeclarationSyntax or LocalFunctionStatementSyntax) || at is GlobalStatementSyntax; at = at.Parent)
        {
            switch (at)
            {
                case InvocationExpressionSyntax invocation:
                    AddArguments(NameOf(invocation.Expression), ref named);
                    AddArguments(BuilderType(invocation.Expression), ref named);
                    break;
                case ObjectCreationExpressionSyntax creation:
                    AddArguments(creation.Type, ref named);
                    break;
            }
        }

        Attribute(named, at);
    }

    /// <summary>The name of a type without namespace and type arguments; null for types without a name.</summary>
    public static string? SimpleName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        NullableTypeSyntax nullable => SimpleName(nullable.ElementType),
        _ => null,
    };

    private void Attribute(List<string>? named, SyntaxNode? member)
    {
        INamedTypeSymbol? type = member?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().FirstOrDefault() is { } declaration ? memory.Compilation.GetTypeByMetadataName(MetadataName(declaration)) : null;
        TypeModel? model = type is null ? null : context.Models.Of(type);
        if (type is not null && (model?.Has(TypeTraits.DesignTime) == true || context.Roles.OfType(type) == CodeRole.Test))
            return;
        if (named is null)
        {
            if (type is not null && model?.Has(TypeTraits.Session) == true)
                _owners.Add(type);
            else
                Follow(DeclaredName(member), -1);
            return;
        }

        foreach (string name in named)
        {
            int position = TypeParametersOf(member) is { Parameters: var parameters } ? parameters.IndexOf(parameter => parameter.Identifier.ValueText == name) : -1;
            if (position >= 0)
                Follow(DeclaredName(member), position);
            else
                _types.Add(name);
        }
    }

    /// <summary>Goes on where a helper is named.</summary>
    /// <param name="helper">The helper's name; null for code without one.</param>
    /// <param name="typeParameter">The position of the type parameter that stands for the session type; -1 when the helper has none.</param>
    private void Follow(string? helper, int typeParameter)
    {
        if (helper is null || _helpers.Count > MaxHelpers)
        {
            HasUnnamed = true;
            return;
        }

        if (!_helpers.Add((helper, typeParameter)))
            return;
        bool any = false;
        foreach (SimpleNameSyntax name in memory.Mentioning(helper))
        {
            if (name.Parent is TypeSyntax or BaseTypeSyntax)
                continue;
            any = true;
            if (typeParameter < 0)
                Add(name);
            else if (name is GenericNameSyntax { TypeArgumentList.Arguments: var arguments } && typeParameter < arguments.Count && SimpleName(arguments[typeParameter]) is { } argument)
                Attribute([argument], MemberAround(name));
            else
                HasUnnamed = true;
        }

        HasUnnamed |= !any;
    }

    private static SyntaxNode? MemberAround(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static at => at is LocalFunctionStatementSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax));

    private static string? DeclaredName(SyntaxNode? member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        FieldDeclarationSyntax { Declaration.Variables: [var field] } => field.Identifier.ValueText,
        _ => null,
    };

    private static TypeParameterListSyntax? TypeParametersOf(SyntaxNode? member) => member switch
    {
        MethodDeclarationSyntax method => method.TypeParameterList,
        LocalFunctionStatementSyntax local => local.TypeParameterList,
        _ => null,
    };

    private static SimpleNameSyntax? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    /// <summary>The type of the object that a chain of calls starts with, as its creation or the declaration of its variable states it; null when neither is in view.</summary>
    private static TypeSyntax? BuilderType(ExpressionSyntax chain)
    {
        while (true)
        {
            switch (chain)
            {
                case MemberAccessExpressionSyntax access:
                    chain = access.Expression;
                    break;
                case InvocationExpressionSyntax invocation:
                    chain = invocation.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    chain = parenthesized.Expression;
                    break;
                case ObjectCreationExpressionSyntax creation:
                    return creation.Type;
                case IdentifierNameSyntax variable:
                    return TypeOf(variable);
                default:
                    return null;
            }
        }
    }

    private static TypeSyntax? TypeOf(IdentifierNameSyntax variable)
    {
        string name = variable.Identifier.ValueText;
        SyntaxNode around = MemberAround(variable) ?? variable.SyntaxTree.GetRoot();
        foreach (SyntaxNode node in around.DescendantNodes())
        {
            if (node is ParameterSyntax { Type: { } stated } parameter && parameter.Identifier.ValueText == name)
                return stated;
            if (node is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } declarator && declarator.Identifier.ValueText == name)
                return declarator.Initializer?.Value is ObjectCreationExpressionSyntax creation ? creation.Type : declaration.Type;
        }

        return null;
    }

    private static void AddArguments(TypeSyntax? type, ref List<string>? named)
    {
        if (type is QualifiedNameSyntax { Right: var right })
            type = right;
        if (type is not GenericNameSyntax { TypeArgumentList.Arguments: var arguments })
            return;
        foreach (TypeSyntax argument in arguments)
        {
            if (SimpleName(argument) is { } name)
                (named ??= []).Add(name);
        }
    }

    private static string MetadataName(TypeDeclarationSyntax type)
    {
        string name = type.Identifier.ValueText + (type.Arity > 0 ? "`" + type.Arity : "");
        for (SyntaxNode? outer = type.Parent; outer is not null; outer = outer.Parent)
        {
            name = outer switch
            {
                TypeDeclarationSyntax around => around.Identifier.ValueText + (around.Arity > 0 ? "`" + around.Arity : "") + "+" + name,
                BaseNamespaceDeclarationSyntax space => space.Name + "." + name,
                _ => name,
            };
        }

        return name;
    }
}
