using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules.Transactions;

/// <summary>A <c>catch</c> between a write and the commit of its transaction that only goes on.</summary>
public sealed class SwallowedException() : DbRule(RuleCatalog.SwallowedException)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (SwallowedFailure swallowed in body.Facts.Transactions.SwallowedFailuresOf(body.Body))
        {
            if (swallowed.Handler.Syntax is CatchClauseSyntax handler)
                body.Report(handler.CatchKeyword.GetLocation(), [swallowed.Write.Syntax.GetLocation(), swallowed.Commit.Syntax.GetLocation()], hint: null, NameOf(swallowed.Write));
        }
    });

    private static string NameOf(IOperation write) => write is IInvocationOperation call ? call.TargetMethod.Name : CodeText.Short(write.Syntax);
}
