using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.ExecutionTests.Cases;

/// <summary>Reports calls of a method named <c>Slow</c>: a rule to test the verifier with.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SlowCallAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Rule = new("TST101", "Slow", "Slow", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (((InvocationExpressionSyntax)node.Node).Expression is IdentifierNameSyntax { Identifier.ValueText: "Slow" } name)
                    node.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation()));
            },
            SyntaxKind.InvocationExpression);
    }
}

/// <summary>Calls another method instead; the derived fix says which.</summary>
public abstract class CallInsteadFix(string replacement) : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [SlowCallAnalyzer.Rule.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        SyntaxToken name = root.FindToken(context.Span.Start);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Call {replacement}",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceToken(name, SyntaxFactory.Identifier(replacement).WithTriviaFrom(name)))),
                equivalenceKey: replacement),
            context.Diagnostics);
    }
}

public sealed class CallFastFix() : CallInsteadFix("Fast");

public sealed class CallMissingFix() : CallInsteadFix("Missing");
