using DbRules.Engine;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>What a rule may ask to look at.</summary>
public sealed class RuleContext
{
    private readonly Action<Action<OperationBlockAnalysisContext>> _onBlock;
    private readonly DbFacts _facts;
    private readonly DiagnosticDescriptor _descriptor;

    internal RuleContext(Action<Action<OperationBlockAnalysisContext>> onBlock, DbFacts facts, DiagnosticDescriptor descriptor)
    {
        _onBlock = onBlock;
        _facts = facts;
        _descriptor = descriptor;
    }

    /// <summary>Runs a check on every call that talks to a store.</summary>
    public void OnCall(Action<CallContext> check) => _onBlock(block =>
    {
        BodyFacts body = _facts.Body(block.OwningSymbol, block.OperationBlocks);
        foreach (DbCall call in body.Calls)
            check(new CallContext(block, _facts, call, _descriptor));
    });
}
