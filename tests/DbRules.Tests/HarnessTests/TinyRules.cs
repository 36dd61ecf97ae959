using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.HarnessTests;

/// <summary>Reports every method whose name starts with "Bad", with its type as additional location.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BadNameAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new(
        "TST001", "Bad name", "Method '{0}' has a bad name", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                var method = (MethodDeclarationSyntax)node.Node;
                if (method.Identifier.ValueText.StartsWith("Bad", StringComparison.Ordinal) && method.Parent is ClassDeclarationSyntax type)
                    node.ReportDiagnostic(Diagnostic.Create(Rule, method.Identifier.GetLocation(), [type.Identifier.GetLocation()], method.Identifier.ValueText));
            },
            SyntaxKind.MethodDeclaration);
    }
}

/// <summary>Off by default: reports every class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OffByDefaultAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new("TST002", "Class", "Class", "Tests", DiagnosticSeverity.Info, isEnabledByDefault: false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(
            node => node.ReportDiagnostic(Diagnostic.Create(Rule, ((ClassDeclarationSyntax)node.Node).Identifier.GetLocation())),
            SyntaxKind.ClassDeclaration);
    }
}

/// <summary>Throws on every class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CrashingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new("TST003", "Crash", "Crash", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(_ => throw new ArithmeticException("planned"), SyntaxKind.ClassDeclaration);
    }
}

/// <summary>Replaces the name of a method; what it becomes is up to the derived fix.</summary>
public abstract class RenamingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [BadNameAnalyzer.Rule.Id];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        SyntaxToken name = root.FindToken(context.Span.Start);
        foreach ((int index, string wanted) in NewNames(name.ValueText).Index())
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Rename to {wanted}",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(
                        root.ReplaceToken(name, SyntaxFactory.Identifier(name.LeadingTrivia, wanted, name.TrailingTrivia)))),
                    equivalenceKey: $"name {index}"),
                context.Diagnostics);
        }
    }

    protected abstract ImmutableArray<string> NewNames(string name);
}

public sealed class GoodNameFix : RenamingFix
{
    protected override ImmutableArray<string> NewNames(string name) => ["Good" + name[3..], "Fine" + name[3..]];
}

/// <summary>Offers nothing for methods that end in "Forever".</summary>
public sealed class ReluctantFix : RenamingFix
{
    protected override ImmutableArray<string> NewNames(string name) =>
        name.EndsWith("Forever", StringComparison.Ordinal) ? [] : ["Good" + name[3..]];
}

public sealed class UnchangedFix : RenamingFix
{
    protected override ImmutableArray<string> NewNames(string name) => [name];
}

public sealed class StillBadFix : RenamingFix
{
    protected override ImmutableArray<string> NewNames(string name) => ["BadAgain" + name[3..]];
}

public sealed class UncompilableFix : RenamingFix
{
    protected override ImmutableArray<string> NewNames(string name) => ["Good-" + name[3..]];
}
