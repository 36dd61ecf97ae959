using System.Composition;
using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Lifetimes;

/// <summary>Turns the declaration of something that must be released into a <c>using</c> declaration, or into a <c>using</c> statement where that cannot stand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UsingDeclarationFix))]
[Shared]
public sealed class UsingDeclarationFix() : DocumentFix(["DBR401", "DBR402", "DBR403", "DBR404", "DBR405", "DBR409"], Title)
{
    /// <summary>The title of the code action, and its equivalence key.</summary>
    public const string Title = "Release with 'using'";

    private protected override bool TryPlan(Diagnostic diagnostic, DocumentEdit edit)
    {
        if (UsingHint.From(diagnostic.Properties) is not { } hint
            || edit.Find<LocalDeclarationStatementSyntax>(hint.Declaration) is not { UsingKeyword.RawKind: 0 } declaration
            || !edit.IsWellFormed(declaration)
            || !edit.IsFree(declaration.Span))
        {
            return false;
        }

        bool hasDeclarations = declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 };
        StatementSyntax[] needless = [.. hint.Needless.Select(edit.Find<StatementSyntax>).OfType<StatementSyntax>()];
        return edit.TryAll(() =>
        {
            if (hint.Assignment is { } span)
                return hasDeclarations && edit.Find<ExpressionStatementSyntax>(span) is { } assignment && TryDeclareAt(assignment, declaration, hint.IsAsync, needless, edit);
            if (hint.NeedsBlock || !hasDeclarations)
                return UsingBlock.TryWrite(declaration, hint.IsAsync && hasDeclarations, needless, edit);
            Write(declaration.SpanStart, hint.IsAsync, "", needless, edit);
            return true;
        });
    }

    /// <summary>Declares the local where it is assigned: its declaration goes.</summary>
    private static bool TryDeclareAt(ExpressionStatementSyntax assignment, LocalDeclarationStatementSyntax declaration, bool isAsync, StatementSyntax[] needless, DocumentEdit edit)
    {
        TypeSyntax type = declaration.Declaration.Type is NullableTypeSyntax { ElementType: var element } ? element : declaration.Declaration.Type;
        if (!edit.IsWellFormed(assignment) || !edit.IsFree(assignment.Span) || !StatementPlace.Remove(declaration, edit))
            return false;
        Write(assignment.SpanStart, isAsync, type + " ", needless, edit);
        return true;
    }

    private static void Write(int start, bool isAsync, string type, StatementSyntax[] needless, DocumentEdit edit)
    {
        // One that cannot be taken away without something else does no harm.
        foreach (StatementSyntax release in needless)
            StatementPlace.Remove(release, edit);
        edit.InsertOnce(start, (isAsync ? "await using " : "using ") + type);
    }
}
