using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine;

/// <summary>Which writes of one compilation become durable together. Thread-safe.</summary>
public sealed class TransactionFacts
{
    private readonly Compilation _compilation;
    private readonly CompilationContext _context;
    private readonly Func<OwnCall, MethodSummary> _summaryOf;

    internal TransactionFacts(Compilation compilation, CompilationContext context, Func<OwnCall, MethodSummary> summaryOf)
    {
        _compilation = compilation;
        _context = context;
        _summaryOf = summaryOf;
    }
}
