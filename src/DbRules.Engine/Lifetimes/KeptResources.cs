using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds what the objects of a class make, keep to themselves in a private field or property, and never release. Remembered per field.</summary>
internal sealed class KeptResources(CompilationContext context, Acquisitions acquisitions, CustodyReader custodies, MemberUses members, StartUpCode startUp)
{
    private readonly SmallTable<ISymbol, SyntaxNode?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The member that keeps what a body acquires and that no code of its class releases or hands on; null for any other acquisition, and for all but the first that the member keeps.
    /// </summary>
    public ISymbol? NeverReleased(Acquisition acquisition, BodyFacts body) =>
        KeeperOf(acquisition, body) is { } keeper && FirstIn(keeper, acquisition.Kind) == acquisition.Operation.Syntax ? keeper : null;

    /// <summary>Whether a class itself makes what a member keeps, and never releases it.</summary>
    public bool IsNeverReleased(ISymbol member) => Operations.TypeOf(member) is { } type && acquisitions.KindOf(type) is { } kind && FirstIn(member, kind) is not null;

    private SyntaxNode? FirstIn(ISymbol member, ResourceKind kind) =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Private, ContainingType: { TypeKind: TypeKind.Class } type }
        && PlainMembers.IsPlain(member)
        && !StandsForDatabase.KeepsAlive(member.Name) && !startUp.IsProgram(type)
            ? _known.GetOrAdd(member, one => FirstOf(one, kind))
            : null;

    /// <summary>The member that takes it, at once or from the local that holds it before.</summary>
    private ISymbol? KeeperOf(Acquisition acquisition, BodyFacts body)
    {
        if (acquisition.Holder is null)
            return MemberUses.KeeperAt(acquisition.Destination.Site, acquisition.Operation);
        return acquisition.Destination.Kind == DestinationKind.Local && custodies.Of(acquisition, body) is { IsUnclear: false, Releases.Count: 0, Handovers: [var handover] } ? MemberUses.KeeperAt(Destination.Of(handover).Site, handover) : null;
    }

    /// <summary>The expression that makes the first thing which a member keeps; null when something of its class may release it, or it keeps other things too.</summary>
    private SyntaxNode? FirstOf(ISymbol member, ResourceKind kind)
    {
        if (members.Of(member) is not { } mentions)
            return null;
        var made = new List<SyntaxNode>();
        if (InitializerOf(member) is { } initializer && !IsNothing(initializer))
        {
            if (initializer is not BaseObjectCreationExpressionSyntax || MentionsMemory(initializer))
                return null;
            made.Add(initializer);
        }

        bool isOpened = false;
        foreach ((IOperation mention, BodyFacts body) in mentions)
        {
            if (mention is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } })
                return null;
            if (mention.Parent is not IAssignmentOperation { Target: var target, Value: var value } assignment || target != mention || Conditions.IsNull(value) || Operations.Unwrap(value) is IDefaultValueOperation)
                continue;
            IOperation source = body.Origins.Resolve(value);
            if (assignment.Parent is not IExpressionStatementOperation || acquisitions.Of(body).FirstOrDefault(one => one.Operation == source) is not { } acquired || StandsForDatabase.IsInMemory(source, body))
                return null;
            isOpened |= acquired.IsOpen || (acquired.Holder is not null && custodies.Of(acquired, body).Openings.Count > 0);
            made.Add(source.Syntax);
        }

        Custody custody = custodies.OfMember(member, mentions);
        return made.Count > 0 && custody.Releases.Count + custody.Handovers.Count == 0 && Holds(kind, isOpened, custody) ? made[0] : null;
    }

    /// <summary>Whether what is kept holds anything: Dapper closes what it has opened, and a transaction that is rolled back is over.</summary>
    private bool Holds(ResourceKind kind, bool isOpened, Custody custody) => kind switch
    {
        ResourceKind.Connection => isOpened || custody.Openings.Count > 0,
        ResourceKind.Reader => true,
        ResourceKind.Transaction => custody.Uses.Count > 0 && !custody.Uses.Exists(use => Destination.Of(use).Site is IInvocationOperation { TargetMethod: var ending } && context.Models.Of(ending)?.Has(DbEffect.RollsBack) == true),
        _ => custody.Uses.Count > 0,
    };

    private static ExpressionSyntax? InitializerOf(ISymbol member) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => value,
        PropertyDeclarationSyntax { Initializer.Value: var value } => value,
        _ => null,
    };

    private static bool IsNothing(ExpressionSyntax value) => value is LiteralExpressionSyntax or DefaultExpressionSyntax or PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax };

    private static bool MentionsMemory(ExpressionSyntax value) => StandsForDatabase.IsInMemory(value.ToString());
}
