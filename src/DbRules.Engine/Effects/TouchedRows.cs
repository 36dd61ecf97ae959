using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Whether code may change rows of one type, or which of them there are: by making or setting objects of it, by filling sequences of them, or by anything else
/// than a save that a store is told to write. Calls are followed through the compilation. When in doubt it may.
/// </summary>
internal sealed class TouchedRows(CompilationContext context, Callees callees)
{
    /// <summary>Functions that one question looks into; code that reaches more of them may do anything.</summary>
    private const int MaxFunctions = 500;

    /// <summary>Whether code of a scope, called code included, may change rows of a type.</summary>
    /// <param name="body">The body that the scope belongs to.</param>
    /// <param name="scope">The code.</param>
    /// <param name="row">The type of the rows.</param>
    public bool MayBe(BodyFacts body, IOperation scope, ITypeSymbol row)
    {
        if (body.HasDynamicCalls)
            return true;
        var reached = new List<IMethodSymbol>();
        if (Operations.Any(scope, operation => RunsForeignDelegate(operation, scope) || Touches(operation, row, reached)))
            return true;
        var seen = new HashSet<IMethodSymbol>(reached, SymbolEqualityComparer.Default);
        var pending = new Queue<IMethodSymbol>(seen);
        while (pending.Count > 0)
        {
            // Code of another project is not read here.
            if (seen.Count > MaxFunctions || context.Bodies.OwnBodyOf(pending.Dequeue()) is not { } bodies)
                return true;
            reached.Clear();
            if (bodies.Any(found => Operations.Any(found, operation => Touches(operation, row, reached))))
                return true;
            foreach (IMethodSymbol method in reached)
            {
                if (seen.Add(method))
                    pending.Enqueue(method);
            }
        }

        return false;
    }

    /// <summary>Whether code of the scope runs or hands on a delegate that somebody else made. What called code is handed is made in the scope, or in code that is read too.</summary>
    private static bool RunsForeignDelegate(IOperation operation, IOperation scope) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } invoked } => IsForeign(invoked, scope),
        IArgumentOperation { Parameter.Type.TypeKind: TypeKind.Delegate } argument => IsForeign(argument.Value, scope),
        _ => false,
    };

    private static bool IsForeign(IOperation value, IOperation scope) => Operations.Referenced(value) is { } symbol && !Operations.IsDeclaredInside(symbol, scope);

    /// <summary>Whether an operation itself may change such rows. The functions that it runs are added to <paramref name="reached"/>.</summary>
    private bool Touches(IOperation operation, ITypeSymbol row, List<IMethodSymbol> reached) => operation switch
    {
        IObjectCreationOperation creation => RowChanges.Is(creation.Type, row) || !Follows(creation.Constructor, isVirtual: false, null, reached),
        ITypeParameterObjectCreationOperation or IDynamicInvocationOperation or IDynamicObjectCreationOperation or IFunctionPointerInvocationOperation => true,
        IAssignmentOperation { Target: IMemberReferenceOperation target } => Sets(target, row),
        IIncrementOrDecrementOperation { Target: IMemberReferenceOperation target } => Sets(target, row),
        IPropertyReferenceOperation property => !FollowsAccessor(property, reached),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call => call.Arguments.Any(argument => Holds(argument.Value, row)),
        IInvocationOperation call => CallTouches(call, row, reached),
        IMethodReferenceOperation reference => context.Own.Contains(reference.Method) && !Follows(reference.Method, reference.IsVirtual, reference.Instance?.Type, reached),
        _ => false,
    };

    private bool CallTouches(IInvocationOperation call, ITypeSymbol row, List<IMethodSymbol> reached)
    {
        if (context.Models.Of(call.TargetMethod) is { } model)
            return (model.Has(DbEffect.Stages) || model.Has(DbEffect.WritesBySql) || model.Has(DbEffect.Writes) || model.Has(DbEffect.Dispatches)) && !model.Has(DbEffect.Saves);
        if (context.Own.Contains(call.TargetMethod))
            return !Follows(call.TargetMethod, call.IsVirtual, Operations.Receiver(call)?.Type, reached);
        // A library's own: it may fill a list of rows that it is given, and do anything through a member of a session.
        return IsOfSession(call.Instance)
            || (!Mutations.OnlyReads(call.TargetMethod) && ((call.Instance is { } instance && Holds(instance, row)) || call.Arguments.Any(argument => Holds(argument.Value, row))));
    }

    /// <summary>Whether a member of a row is set, or one that refers to rows.</summary>
    private static bool Sets(IMemberReferenceOperation target, ITypeSymbol row) =>
        (target.Instance is { } instance && RowChanges.Is(Operations.Unwrap(instance).Type, row)) || RowChanges.Is(target.Type, row) || RowChanges.Is(Sequences.ElementType(target.Type), row);

    /// <summary>Whether an object is such a row, a sequence of them, or refers to some.</summary>
    private static bool Holds(IOperation value, ITypeSymbol row) => Operations.Unwrap(value).Type is { } type
        && (RowChanges.Is(type, row)
            || RowChanges.Is(Sequences.ElementType(type), row)
            || (!type.DeclaringSyntaxReferences.IsEmpty && type.GetMembers().Any(member => member is IPropertySymbol property && (RowChanges.Is(property.Type, row) || RowChanges.Is(Sequences.ElementType(property.Type), row)))));

    private bool IsOfSession(IOperation? receiver) => receiver is not null
        && Operations.Unwrap(receiver) is IMemberReferenceOperation { Instance.Type: { } owner }
        && context.Models.Of(owner)?.Has(TypeTraits.Session) == true;

    private bool FollowsAccessor(IPropertyReferenceOperation reference, List<IMethodSymbol> reached)
    {
        bool isSet = reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;
        IMethodSymbol? accessor = isSet ? reference.Property.SetMethod : reference.Property.GetMethod;
        return accessor is null || !context.Own.HasCode(accessor) || Follows(accessor, reference.Property.IsVirtual || reference.Property.IsAbstract || reference.Property.IsOverride, reference.Instance?.Type, reached);
    }

    /// <summary>Adds what a member of the code under analysis runs; false when that is not in view.</summary>
    private bool Follows(IMethodSymbol? method, bool isVirtual, ITypeSymbol? receiver, List<IMethodSymbol> reached)
    {
        if (method is null || method.IsImplicitlyDeclared || !context.Own.Contains(method))
            return true;
        FunctionNode node = Callees.Member(method, isVirtual, receiver);
        if (node.Receiver is null)
        {
            reached.Add(node.Symbol);
            return true;
        }

        int before = reached.Count;
        reached.AddRange(callees.AlternativesOf(node).Select(static one => one.Symbol));
        return reached.Count > before;
    }
}
