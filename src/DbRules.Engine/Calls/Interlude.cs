using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// What a body does between two reads, the second of which always follows the first. In structured code that is what stands between them in the
/// source, as long as no loop holds one of them alone.
/// </summary>
internal sealed class Interlude
{
    private const DbEffect Disturbing = DbEffect.Writes | DbEffect.Saves | DbEffect.Stages | DbEffect.Begins | DbEffect.Commits | DbEffect.RollsBack | DbEffect.Waits;

    private readonly ModelIndex _models;
    private readonly DbCall _earlier;
    private readonly DbCall _later;
    private readonly Paths _paths;
    private readonly List<IOperation> _parts = [];

    private Interlude(ModelIndex models, DbCall earlier, DbCall later, Paths paths, IOperation scope)
    {
        _models = models;
        _earlier = earlier;
        _later = later;
        _paths = paths;
        Collect(scope);
    }

    private int Start => _earlier.Operation.Syntax.Span.End;

    private int End => _later.Operation.Syntax.SpanStart;

    /// <summary>
    /// What lies between two calls of one body. Null unless every path to the later one runs the earlier one first, in the same function, and as often.
    /// </summary>
    public static Interlude? Between(DbCall earlier, DbCall later, ModelIndex models)
    {
        if (earlier.Operation.Syntax.Span.End > later.Operation.Syntax.SpanStart
            || Operations.EnclosingFunction(earlier.Operation) != Operations.EnclosingFunction(later.Operation)
            || Ancestor(later.Operation, earlier.Operation) is not { } scope
            || Ancestor(earlier.Operation, later.Operation) is null
            || later.Body.PathsAround(later.Operation) is not { } paths
            || !paths.IsDominatedBy(later.Operation, earlier.Operation))
        {
            return null;
        }

        return new Interlude(models, earlier, later, paths, scope);
    }

    /// <summary>Whether anything in between may change what a store holds, or waits for others to do so. When in doubt it may.</summary>
    /// <param name="mayWrite">Whether an operation may write, callees included.</param>
    public bool MayChangeStore(Func<IOperation, bool> mayWrite) => AnyPart(part => Disturbs(part) || mayWrite(part));

    /// <summary>Whether everything that an expression is made of has the same value at both places. Proven, or false.</summary>
    public bool KeepsValuesOf(IOperation expression) => !Operations.Any(expression, part => !Keeps(part, expression), insideExpressionTrees: true);

    /// <summary>Whether code in between may change the object that a local holds.</summary>
    public bool MayChange(ISymbol symbol) => AnyPart(part => Mutations.MayChange(symbol, part, static _ => false));

    /// <summary>The innermost operation around both; null when a loop, a lock or a handler on the way to it makes the one run more or less often.</summary>
    private static IOperation? Ancestor(IOperation inner, IOperation other)
    {
        IOperation? parent = inner.Parent;
        while (parent is not null && !Operations.IsInside(other, parent))
        {
            if ((parent is ILoopOperation && !Iteration.RunsOnce(parent, inner)) || parent is ILockOperation)
                return null;
            parent = parent.Parent;
        }

        return parent;
    }

    private void Collect(IOperation scope)
    {
        var pending = new Stack<IOperation>();
        pending.Push(scope);
        while (pending.Count > 0)
        {
            foreach (IOperation child in pending.Pop().ChildOperations)
            {
                bool holdsEarlier = Operations.IsInside(_earlier.Operation, child);
                bool holdsLater = Operations.IsInside(_later.Operation, child);
                // What stands around the earlier call and acts on its result runs in between.
                if (holdsEarlier && !holdsLater && child != _earlier.Operation && child is IInvocationOperation or IObjectCreationOperation && child.Syntax.Span.End <= End && child.Syntax.Span.End > Start)
                    _parts.Add(child);
                else if (holdsEarlier || holdsLater)
                    Descend(child);
                else if (child.Syntax.SpanStart >= Start && child.Syntax.Span.End <= End && child is not ILocalFunctionOperation)
                    Descend(child);
            }
        }

        void Descend(IOperation child)
        {
            bool holdsOne = Operations.IsInside(_earlier.Operation, child) || Operations.IsInside(_later.Operation, child);
            if (holdsOne ? child != _earlier.Operation && child != _later.Operation : IsContainer(child))
                pending.Push(child);
            else if (!holdsOne)
                _parts.Add(child);
        }
    }

    private static bool IsContainer(IOperation operation) => operation is IBlockOperation or IConditionalOperation { Type: null } or ISwitchOperation or ISwitchCaseOperation
        or ITryOperation or ICatchClauseOperation or IUsingOperation or ILoopOperation;

    private bool AnyPart(Func<IOperation, bool> condition) => _parts.Any(part => condition(part) && !LeadsAway(part));

    /// <summary>After this part the later call does not come any more: a branch that returns or throws.</summary>
    private bool LeadsAway(IOperation part) => _paths.CanFollow(_earlier.Operation, part) && !_paths.CanFollow(part, _later.Operation);

    /// <summary>Code that writes, waits, or is not known to do neither. What methods of this compilation do is asked elsewhere.</summary>
    private bool Disturbs(IOperation part) => Operations.Any(part, operation => operation switch
    {
        IInvocationOperation call => Disturbs(call),
        IDynamicInvocationOperation or IFunctionPointerInvocationOperation or ILockOperation => true,
        _ => false,
    });

    private bool Disturbs(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (_models.Of(method) is { } model)
            return (model.Effect & Disturbing) != 0;
        return method.DeclaringSyntaxReferences.IsEmpty && !IsOfLanguage(method) && !Mutations.OnlyReads(method) && !method.Name.StartsWith("Log", StringComparison.Ordinal);
    }

    /// <summary>The base class library talks to no database behind our back; an unknown library may.</summary>
    private static bool IsOfLanguage(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingType?.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer)
            space = outer;
        return method.MethodKind != MethodKind.DelegateInvoke && space?.Name == "System";
    }

    private bool Keeps(IOperation part, IOperation whole) => part switch
    {
        ILocalReferenceOperation { Local: var local } => KeepsSymbol(local, whole),
        IParameterReferenceOperation { Parameter: var parameter } => KeepsSymbol(parameter, whole),
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => true,
        IFieldReferenceOperation { Field: var field } => field.IsConst || (field.IsStatic && field.IsReadOnly) || KeepsSymbol(field, whole),
        IPropertyReferenceOperation property => KeepsProperty(property, whole),
        IInvocationOperation call => KeepsCall(call),
        IAssignmentOperation assignment => assignment.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } },
        IIncrementOrDecrementOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation
            or IFunctionPointerInvocationOperation or IInvalidOperation => false,
        _ => true,
    };

    private bool KeepsProperty(IPropertyReferenceOperation reference, IOperation whole)
    {
        IPropertySymbol property = reference.Property;
        if (Operations.RootSymbol(reference) is IParameterSymbol parameter && Operations.IsDeclaredInside(parameter, whole))
            return true;
        // A static getter may be a clock. The hook for functions of the store is none.
        if (property.IsStatic)
            return property.Name == "Functions" && property.DeclaringSyntaxReferences.IsEmpty;
        return !IsVolatile(property.Name) && KeepsSymbol(property, whole);
    }

    private bool KeepsCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (_earlier.Body.IsHarmless(method))
            return true;
        return method.DeclaringSyntaxReferences.IsEmpty
            && (call.Instance is not null || call.Arguments.Length > 0)
            && !IsVolatile(method.Name)
            && !IsVolatile(method.ContainingType.Name)
            && (IsFunctionOfStore(call) || Mutations.OnlyReads(method));
    }

    private static bool IsFunctionOfStore(IInvocationOperation call) => Operations.Receiver(call) is { } receiver
        && Operations.Unwrap(receiver) is IPropertyReferenceOperation { Instance: null, Property: { Name: "Functions", DeclaringSyntaxReferences.IsEmpty: true } };

    private static bool IsVolatile(string name) =>
        name.Contains("Random") || name.Contains("Now") || name.Contains("Next") || name.Contains("Today") || name.StartsWith("New", StringComparison.Ordinal);

    private bool KeepsSymbol(ISymbol symbol, IOperation whole)
    {
        if (Operations.IsDeclaredInside(symbol, whole))
            return true;
        foreach (Assignment assignment in _earlier.Body.Origins.Of(symbol))
        {
            int end = assignment.Site.Syntax.Span.End;
            if ((end > Start && end <= End) || Operations.EnclosingFunction(assignment.Site) != Operations.EnclosingFunction(_earlier.Operation))
                return false;
        }

        return !AnyPart(part => Mutations.MayChange(symbol, part, _earlier.Body.IsHarmless) || CallsOwnSetter(symbol, part));
    }

    /// <summary>A method of the same object that is called in between sets the field or property.</summary>
    private bool CallsOwnSetter(ISymbol symbol, IOperation part) =>
        symbol is IFieldSymbol or IPropertySymbol
        && Operations.Any(part, operation => operation is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } method } call
            && (call.Instance is null or IInstanceReferenceOperation)
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, symbol.ContainingType)
            && !_earlier.Body.IsHarmless(method))
        && Mutations.IsSetInMethods(symbol);
}
