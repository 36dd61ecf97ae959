using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>The extension methods that new code calls, and the using directives that they need.</summary>
internal sealed class Imports(SyntaxNode root, SemanticModel model)
{
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether code at a position can call a method of <c>System.Linq.Enumerable</c> on a sequence.
    /// </summary>
    public bool HasEnumerable(string method, int position) =>
        Has(Construct("System.Collections.Generic.IEnumerable`1"), method, "System.Linq.Enumerable", "System.Linq", position);

    /// <summary>Whether code at a position can call <c>GetValueOrDefault</c> on a dictionary.</summary>
    public bool HasGetValueOrDefault(int position) =>
        Has(Construct("System.Collections.Generic.Dictionary`2"), "GetValueOrDefault", "System.Collections.Generic.CollectionExtensions", "System.Collections.Generic", position);

    /// <summary>Whether code at a position can call an asynchronous terminal of EF Core on a query.</summary>
    public bool HasAsyncTerminal(string method, int position) => Has(
        Construct("System.Linq.IQueryable`1"), method, "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions", "Microsoft.EntityFrameworkCore", position);

    /// <summary>Whether code at a position can call <c>Include</c> of EF Core on a query.</summary>
    public bool HasInclude(int position) => HasAsyncTerminal("Include", position);

    /// <summary>Adds a namespace that the file does not import.</summary>
    public void Add(string space) => _missing.Add(space);

    /// <summary>Whether code at a position can call an operator of LINQ on a query.</summary>
    public bool HasQueryable(string method, int position) =>
        Has(Construct("System.Linq.IQueryable`1"), method, "System.Linq.Queryable", "System.Linq", position);

    /// <summary>Whether code at a position can sort a query of MongoDB's driver.</summary>
    public bool HasFluentSort(int position) =>
        Has(Construct("MongoDB.Driver.IFindFluent`2"), "SortBy", "MongoDB.Driver.IFindFluentExtensions", "MongoDB.Driver", position);

    /// <summary>Whether code at a position can have EF Core split a query.</summary>
    public bool HasSplitQuery(int position) => Has(
        Construct("System.Linq.IQueryable`1"), "AsSplitQuery", "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "Microsoft.EntityFrameworkCore", position);

    /// <summary>Whether code at a position can hand a delegate without state to an execution strategy of EF Core.</summary>
    public bool HasStrategyExtensions(string method, int position) => Has(
        model.Compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.Storage.IExecutionStrategy"), method, "Microsoft.EntityFrameworkCore.ExecutionStrategyExtensions", "Microsoft.EntityFrameworkCore", position);

    /// <summary>The using directives that are not there yet.</summary>
    public IEnumerable<TextChange> Changes(SourceText text)
    {
        if (_missing.Count == 0 || root is not CompilationUnitSyntax unit)
            yield break;
        string newLine = LoopLayout.NewLine(text);
        SyntaxList<UsingDirectiveSyntax> usings = unit.Usings;
        BaseNamespaceDeclarationSyntax? space = unit.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        // Directives stay together: where the file has them inside its namespace, the new ones go there too.
        if (usings.Count == 0 && space is { Usings.Count: > 0 })
            usings = space.Usings;
        foreach (string name in _missing)
        {
            UsingDirectiveSyntax? before = usings.LastOrDefault(existing => IsPlain(existing) && Comes(existing.Name!.ToString(), name));
            if (before is not null)
            {
                TextLine line = text.Lines.GetLineFromPosition(before.Span.End);
                yield return new TextChange(new TextSpan(line.EndIncludingLineBreak, 0), LoopLayout.IndentationAt(text, before.SpanStart) + $"using {name};" + newLine);
            }
            else if (usings.Count > 0)
            {
                TextLine line = text.Lines.GetLineFromPosition(usings[0].SpanStart);
                yield return new TextChange(new TextSpan(line.Start, 0), LoopLayout.IndentationAt(text, line.Start) + $"using {name};" + newLine);
            }
            else
            {
                int start = unit.GetFirstToken().SpanStart;
                TextLine line = text.Lines.GetLineFromPosition(start);
                yield return new TextChange(new TextSpan(line.Start, 0), $"using {name};" + newLine + (name == _missing.Max ? newLine : ""));
            }
        }
    }

    private static bool IsPlain(UsingDirectiveSyntax directive) =>
        directive.Alias is null && directive.Name is not null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None);

    private static bool Comes(string existing, string name)
    {
        bool existingIsSystem = IsSystem(existing);
        bool nameIsSystem = IsSystem(name);
        return existingIsSystem == nameIsSystem ? string.CompareOrdinal(existing, name) < 0 : existingIsSystem;
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private bool Has(INamedTypeSymbol? receiver, string method, string declaringType, string space, int position)
    {
        if (receiver is null)
            return false;
        if (!model.LookupSymbols(position, receiver, method, includeReducedExtensionMethods: true).IsEmpty)
            return true;
        if (!model.Compilation.GetTypesByMetadataName(declaringType).Any(type => !type.GetMembers(method).IsEmpty))
            return false;
        _missing.Add(space);
        return true;
    }

    private INamedTypeSymbol? Construct(string metadataName)
    {
        INamedTypeSymbol? type = model.Compilation.GetTypeByMetadataName(metadataName);
        ITypeSymbol element = model.Compilation.GetSpecialType(SpecialType.System_Object);
        return type?.Construct([.. type.TypeParameters.Select(_ => element)]);
    }
}
