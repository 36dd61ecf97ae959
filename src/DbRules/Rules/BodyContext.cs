using System.Collections.Immutable;
using DbRules.Baseline;
using DbRules.Engine;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Lifetimes;
using DbRules.Engine.SqlTexts;
using DbRules.Engine.Transactions;
using DbRules.Hints;
using DbRules.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>One member body, with what a rule may ask about it and the way to report a place in it.</summary>
public readonly struct BodyContext
{
    private readonly MemberBody _member;
    private readonly AnalyzerOptions _options;
    private readonly Action<Diagnostic> _report;
    private readonly DiagnosticDescriptor _descriptor;

    internal BodyContext(MemberBody member, DbFacts facts, AnalyzerOptions options, Action<Diagnostic> report, DiagnosticDescriptor descriptor)
    {
        _member = member;
        Facts = facts;
        _options = options;
        _report = report;
        _descriptor = descriptor;
    }

    public DbFacts Facts { get; }

    public BodyFacts Body => _member.Facts;

    /// <summary>The places of the body that need a navigation which no query in view loads.</summary>
    public ImmutableArray<NavigationRead> NavigationReads => _member.NavigationReadsIn(Facts);

    /// <summary>The transactions that the body opens.</summary>
    public ImmutableArray<OpenTransaction> OpenedTransactions => Facts.Transactions.OpenedBy(Body);

    /// <summary>What of a kind the body acquires and does not release on some way.</summary>
    public IEnumerable<Leak> LeaksOf(ResourceKind kind) => Facts.Lifetimes.LeaksOf(Body) is { IsEmpty: false } leaks ? OfKind(leaks, kind) : [];

    /// <summary>What leaves the usings of the body and still needs what they release.</summary>
    public ImmutableArray<DeferredEscape> DeferredEscapes => Facts.Lifetimes.EscapesOf(Body);

    /// <summary>The operations of the body that run at the same time on one context.</summary>
    public ImmutableArray<ConcurrentUse> ConcurrentUses => Facts.Lifetimes.ConcurrentUsesOf(Body);

    /// <summary>The SQL texts that the body sends and that are in view.</summary>
    public ImmutableArray<SentSql> SentSql => Body.MaySendSql ? Facts.SqlText.SentBy(Body) : [];

    /// <summary>The values that the body puts into SQL texts.</summary>
    public ImmutableArray<SplicedValue> SplicedValues => Body.MaySendSql ? Facts.SqlText.SplicedInto(Body) : [];

    /// <inheritdoc cref="DbFacts.ExplicitLoadOf"/>
    public ExplicitLoad? ExplicitLoadOf(DbCall call, Iteration iteration) => Facts.ExplicitLoadOf(call, iteration, _member.Owner, _member.Blocks);

    /// <summary>The value of an option in the file of the body.</summary>
    public T Option<T>(RuleOption<T> option)
        where T : notnull => option.In(_options.AnalyzerConfigOptionsProvider.GetOptions(_member.Blocks[0].Syntax.SyntaxTree));

    /// <summary>The iteration that repeats a call for each element of a sequence longer than <see cref="RuleOptions.SmallSequence"/>; null when none does.</summary>
    public Iteration? PerElement(DbCall call) => call.RepetitionBeyond(Option(RuleOptions.SmallSequence)).PerElement;

    /// <inheritdoc cref="PerElement(DbCall)"/>
    public Iteration? PerElement(OwnCall call) => call.MayRepeat ? call.RepetitionBeyond(Option(RuleOptions.SmallSequence)).PerElement : null;

    /// <summary>As <see cref="PerElement(OwnCall)"/>; null as well when it is known at once that the called code does nothing to a store, which is cheaper to find.</summary>
    public Iteration? PerElementToStore(OwnCall call) => call.IsInIteration && !Facts.LeadsNowhere(call) ? PerElement(call) : null;

    /// <inheritdoc cref="DbFacts.BatchLoopOf(DbCall, int)"/>
    public Iteration? WholeSetPerBatch(DbCall call) => Facts.BatchLoopOf(call, Option(RuleOptions.SmallSequence));

    /// <inheritdoc cref="DbFacts.BatchLoopOf(OwnCall, int)"/>
    public (Iteration Loop, Trip Trip)? WholeSetPerBatch(OwnCall call) =>
        call.MayRepeat ? Facts.BatchLoopOf(call, Option(RuleOptions.SmallSequence)) : null;

    /// <summary>Reports a place of the body.</summary>
    /// <param name="location">Where the developer can act.</param>
    /// <param name="evidence">The loop, each call on the way and the statement that reaches the database, in this order.</param>
    /// <param name="hint">What the fix needs; null where no fix is known.</param>
    /// <param name="messageArguments">What the message's holes are filled with: texts alone, since a finding that holds more would keep all that it was found in.</param>
    public void Report(Location location, IEnumerable<Location> evidence, Hint? hint, params string[] messageArguments) =>
        Report(location, evidence, hint, _descriptor.DefaultSeverity, messageArguments);

    /// <summary>As the other, with a severity that an option states; the user's own setting for the rule still wins.</summary>
    public void Report(Location location, IEnumerable<Location> evidence, Hint? hint, DiagnosticSeverity severity, params string[] messageArguments)
    {
        ImmutableDictionary<string, string?> properties = hint?.ToProperties() ?? ImmutableDictionary<string, string?>.Empty;
        _report(Diagnostic.Create(_descriptor, location, severity, evidence, properties.SetItem(FindingKey.LineProperty, LineOf(location)), messageArguments));
    }

    /// <summary>Whether there are few rows of a type, as the engine knows or an option says.</summary>
    internal bool AreFew(ITypeSymbol rows) => Facts.ResultSize.IsSmall(rows) || Option(RuleOptions.SmallEntities).Contains(rows.Name);

    /// <summary>The type of the elements of an iteration, when there are few rows of it; null otherwise.</summary>
    internal ITypeSymbol? FewRowsOf(Iteration iteration) => iteration.ElementType is { } row && AreFew(row) ? row : null;

    /// <summary>Reports a call that does nothing to the store but write, once per element and for no reason of the pass, with the way to the write.</summary>
    internal void ReportWriteBehind(OwnCall call, TripKind kind)
    {
        if (PerElementToStore(call) is { } iteration
            && Facts.WriteBehind(call) is { } trip
            && trip.Kind == kind
            && Facts.CouldBeOneTrip(call, iteration, trip)
            && !Facts.HasReasonToWrite(call.Operation, Body, iteration))
        {
            Report(call.Location, [LoopText.Header(iteration), .. trip.Locations.Skip(1)], hint: null, call.Name, LoopText.Phrase(iteration), ": " + trip);
        }
    }

    private static IEnumerable<Leak> OfKind(ImmutableArray<Leak> leaks, ResourceKind kind) => leaks.Where(leak => leak.Acquisition.Kind == kind);

    /// <summary>The line that a place starts on, as a baseline knows it.</summary>
    private static string? LineOf(Location location) =>
        location.SourceTree?.GetText() is { } text ? FindingKey.Squeeze(text.Lines.GetLineFromPosition(location.SourceSpan.Start).ToString()) : null;
}
