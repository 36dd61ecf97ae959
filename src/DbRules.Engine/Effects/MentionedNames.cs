using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Effects;

/// <summary>One function that a file declares, before anything is bound.</summary>
internal sealed class MentioningMember(SyntaxNode declaration, string name, HashSet<string> mentions)
{
    /// <summary>What its symbol's declaration is: a method, constructor, operator, accessor or the arrow of a property.</summary>
    public SyntaxNode Declaration { get; } = declaration;

    /// <summary>The name that code calls it by; empty when it has none.</summary>
    public string Name { get; } = name;

    /// <summary>The names in its declaration and body, and <see cref="MentionedNames.Walks"/> where it goes over a sequence.</summary>
    public HashSet<string> Mentions { get; } = mentions;
}

/// <summary>A name that a file declares, with the simple name of its type; for a task of something the type of that.</summary>
internal readonly record struct TypedName(string Type, string Name);

/// <summary>What the functions of a file mention, read from syntax and remembered for each tree, so that a new compilation reads only its new trees.</summary>
internal sealed class MentionedNames
{
    /// <summary>Stands for a loop over a sequence; no name of code is spelled so.</summary>
    public const string Walks = "foreach";

    /// <summary>Stands for the creation of an object whose type the code does not repeat.</summary>
    public const string Creates = "new";

    /// <summary>The name of indexers.</summary>
    public const string Indexer = "this";

    /// <summary>Stands for the call of a delegate that is a parameter.</summary>
    public const string Invokes = "()";

    /// <summary>Stands for a parameter that is handed on.</summary>
    public const string HandsOn = "(,)";

    private static readonly ConditionalWeakTable<SyntaxTree, MentionedNames> Known = new();

    private readonly List<MentioningMember> _members = [];
    private readonly List<TypedName> _typedNames = [];
    private MentionedNames(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax))
            Read(node);
    }

    public IReadOnlyList<MentioningMember> Members => _members;

    /// <summary>The fields, properties and methods.</summary>
    public IReadOnlyList<TypedName> TypedNames => _typedNames;

    public static MentionedNames In(SyntaxTree tree) => Known.GetValue(tree, static tree => new MentionedNames(tree.GetRoot()));

    private void Read(SyntaxNode node)
    {
        switch (node)
        {
            case MethodDeclarationSyntax method:
                AddTyped(method.ReturnType, method.Identifier.ValueText);
                Add(method, method.Identifier.ValueText, method);
                break;
            case ConstructorDeclarationSyntax constructor:
                Add(constructor, constructor.Identifier.ValueText, constructor);
                break;
            case BaseMethodDeclarationSyntax other:
                Add(other, "", other);
                break;
            case AccessorDeclarationSyntax { Parent.Parent: BasePropertyDeclarationSyntax property } accessor:
                Add(accessor, NameOf(property), accessor, property);
                break;
            case BasePropertyDeclarationSyntax property:
                AddTyped(property.Type, NameOf(property));
                if (ArrowOf(property) is { } arrow)
                    Add(arrow, NameOf(property), arrow, property);
                break;
            case FieldDeclarationSyntax field:
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                    AddTyped(field.Declaration.Type, variable.Identifier.ValueText);
                break;
            case TypeDeclarationSyntax { ParameterList: { } parameters }:
                foreach (ParameterSyntax parameter in parameters.Parameters)
                    AddTyped(parameter.Type, parameter.Identifier.ValueText);
                break;
        }
    }

    private void Add(SyntaxNode declaration, string name, SyntaxNode body, BasePropertyDeclarationSyntax? property = null)
    {
        if (!HasBody(body))
            return;
        var mentions = new HashSet<string>(StringComparer.Ordinal);
        AddMentions(body, mentions);
        if (declaration is BaseMethodDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } parameters })
            AddDelegates(body, [.. parameters.Select(static parameter => parameter.Identifier.ValueText)], mentions);
        if (property is IndexerDeclarationSyntax indexer)
            AddMentions(indexer.ParameterList, mentions);
        if (body is ConstructorDeclarationSyntax { Initializer: not null, Parent: TypeDeclarationSyntax { BaseList: { } bases } owner })
        {
            AddMentions(bases, mentions);
            mentions.Add(owner.Identifier.ValueText);
        }

        _members.Add(new MentioningMember(declaration, name, mentions));
    }

    private static bool HasBody(SyntaxNode body) => body switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        _ => true,
    };

    private static void AddMentions(SyntaxNode body, HashSet<string> mentions)
    {
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            switch (node)
            {
                case SimpleNameSyntax name:
                    mentions.Add(name.Identifier.ValueText);
                    break;
                case CommonForEachStatementSyntax or SpreadElementSyntax:
                    mentions.Add(Walks);
                    break;
                case ImplicitObjectCreationExpressionSyntax:
                    mentions.Add(Creates);
                    break;
                case ElementAccessExpressionSyntax or ElementBindingExpressionSyntax:
                    mentions.Add(Indexer);
                    break;
            }
        }
    }

    private static void AddDelegates(SyntaxNode body, string[] parameters, HashSet<string> mentions)
    {
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Parent: { } parent } name || !parameters.Contains(name.Identifier.ValueText))
                continue;
            switch (parent)
            {
                case InvocationExpressionSyntax or ConditionalAccessExpressionSyntax:
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" }:
                    mentions.Add(Invokes);
                    break;
                case ArgumentSyntax:
                    mentions.Add(HandsOn);
                    break;
            }
        }
    }

    private void AddTyped(TypeSyntax? type, string name)
    {
        if (type is not null && SimpleName(type) is { } typeName)
            _typedNames.Add(new TypedName(typeName, name));
    }

    private static string? SimpleName(TypeSyntax type) => type switch
    {
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask", TypeArgumentList.Arguments: [var result] } => SimpleName(result),
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => SimpleName(qualified.Right),
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => SimpleName(nullable.ElementType),
        _ => null,
    };

    private static string NameOf(BasePropertyDeclarationSyntax property) => property switch
    {
        PropertyDeclarationSyntax named => named.Identifier.ValueText,
        EventDeclarationSyntax named => named.Identifier.ValueText,
        _ => Indexer,
    };

    private static ArrowExpressionClauseSyntax? ArrowOf(BasePropertyDeclarationSyntax property) => property switch
    {
        PropertyDeclarationSyntax named => named.ExpressionBody,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
        _ => null,
    };
}
