using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Small questions about operation trees. Nothing here recurses, so deep code cannot overflow the stack.</summary>
public static class Operations
{
    [ThreadStatic]
    private static Stack<Pending>? _spare;

    /// <summary>
    /// Visits an operation and everything below it in source order. Lambdas that become expression trees are not entered:
    /// they are translated, not run. Returning <c>false</c> skips what is below.
    /// </summary>
    public static void Visit<TState>(IOperation root, TState state, Func<IOperation, TState, bool> visit)
    {
        Stack<Pending> pending = Rent(root);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop().Operation;
            if (!IsExpressionTree(operation) && visit(operation, state))
                PushChildren(pending, operation);
        }

        _spare = pending;
    }

    /// <summary>Whether any operation at or below the root satisfies the condition, asked in source order; expression trees included on demand.</summary>
    public static bool Any(IOperation root, Func<IOperation, bool> condition, bool insideExpressionTrees = false)
    {
        Stack<Pending> pending = Rent(root);
        bool found = false;
        while (pending.Count > 0 && !found)
        {
            IOperation operation = pending.Pop().Operation;
            if (!insideExpressionTrees && IsExpressionTree(operation))
                continue;
            found = condition(operation);
            PushChildren(pending, operation);
        }

        pending.Clear();
        _spare = pending;
        return found;
    }

    /// <summary>A lambda converted to an expression tree.</summary>
    public static bool IsExpressionTree(IOperation operation) =>
        operation is IConversionOperation { Operand: IAnonymousFunctionOperation } conversion && conversion.Type?.TypeKind == TypeKind.Class;

    /// <summary>Takes away what does not change a value: conversions that the language inserts or the user writes, parentheses, and <c>await</c>.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null, Operand: not IAnonymousFunctionOperation } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IAwaitOperation awaited:
                    operation = awaited.Operation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } awaitable }:
                    operation = awaitable;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "WithCancellation", IsExtensionMethod: true } } configured
                    when ArgumentAt(configured, 0) is { } stream:
                    operation = stream;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>
    /// The expression whose value the code uses: an awaited call with its <c>await</c>, any other operation as it is. Null when a call returns a task that is not
    /// awaited at once.
    /// </summary>
    public static IOperation? ResultOf(IOperation operation)
    {
        if (!Tasks.IsTask(operation.Type))
            return operation;
        IOperation? parent = operation.Parent;
        while (parent is not null && LeadsToAwait(parent))
            parent = parent.Parent;
        return parent as IAwaitOperation;
    }

    /// <summary>Whether an operation only stands between a task and its <c>await</c>: <c>ConfigureAwait</c>, its argument where it is an extension, parentheses.</summary>
    public static bool LeadsToAwait(IOperation operation) =>
        operation is IParenthesizedOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } };

    /// <summary>The statement that does nothing else but run what has a result, or return that result; null where the result is used otherwise.</summary>
    public static IOperation? StatementOf(IOperation result)
    {
        IOperation? parent = result.Parent;
        while (parent is IParenthesizedOperation)
            parent = parent.Parent;
        return parent is IExpressionStatementOperation or IReturnOperation ? parent : null;
    }

    /// <summary>Whether an operation stands at or below another, by position in the source.</summary>
    public static bool IsInside(IOperation operation, IOperation outer) =>
        operation.Syntax.SyntaxTree == outer.Syntax.SyntaxTree && outer.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>Whether an operation stands from the start of one operation of its file to the end of another; these two are between themselves.</summary>
    public static bool IsBetween(IOperation operation, IOperation first, IOperation last) =>
        operation.Syntax.SpanStart >= first.Syntax.SpanStart && operation.Syntax.Span.End <= last.Syntax.Span.End;

    /// <summary>The outermost operation around another: the block of the member or the value of the initializer that it stands in.</summary>
    public static IOperation RootOf(IOperation operation)
    {
        IOperation root = operation;
        while (root.Parent is { } parent)
            root = parent;
        return root;
    }

    /// <summary>Whether a symbol is declared at or below an operation, by position in the source.</summary>
    public static bool IsDeclaredInside(ISymbol symbol, IOperation operation)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }

    /// <summary>The innermost lambda or local function around an operation; null in the member's own body.</summary>
    public static IOperation? EnclosingFunction(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return parent;
        }

        return null;
    }

    /// <summary>Whether an operation stands in a <c>finally</c> block of its own function.</summary>
    public static bool IsInFinally(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is ITryOperation attempt && attempt.Finally == child)
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation stands in a <c>catch</c> block of its own function.</summary>
    public static bool IsInCatch(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ICatchClauseOperation)
                return true;
        }

        return false;
    }

    /// <summary>The argument that a lambda or a method is given as, through the delegate that wraps it; null when it is not an argument.</summary>
    public static IArgumentOperation? ArgumentOf(IOperation function)
    {
        IOperation? parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent as IArgumentOperation;
    }

    /// <summary>The value that a call works on: the receiver, or the first argument of an extension method. Null for other static calls.</summary>
    public static IOperation? Receiver(IInvocationOperation invocation) =>
        invocation.Instance ?? (invocation.TargetMethod.IsExtensionMethod ? ArgumentAt(invocation, 0) : null);

    /// <summary>The value given for a parameter, by the parameter's name; null when the overload has none so named or its default is used.</summary>
    public static IOperation? Argument(IInvocationOperation invocation, string parameterName) =>
        Argument(invocation.Arguments, parameterName);

    /// <inheritdoc cref="Argument(IInvocationOperation, string)"/>
    public static IOperation? Argument(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments, string parameterName)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Name == parameterName && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return argument.Value;
        }

        return null;
    }

    /// <summary>The local, parameter, field or property that an expression names; null for any other expression.</summary>
    public static ISymbol? Referenced(IOperation? operation) => operation is null ? null : Unwrap(operation) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Arguments.Length: 0 } property => property.Property,
        _ => null,
    };

    /// <summary>Whether an assignment writes what an expression names.</summary>
    public static bool IsTarget(IOperation reference) => reference.Parent is IAssignmentOperation { Target: var target } && target == reference;

    /// <summary>The type of a local, parameter, field or property; null for any other symbol.</summary>
    public static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The symbol at the start of a member chain: <c>cmd</c> in <c>cmd.Parameters["x"].Value</c>. Null when the chain starts with a call or <c>this</c> alone.</summary>
    public static ISymbol? RootSymbol(IOperation? operation)
    {
        ISymbol? outermost = null;
        while (operation is not null)
        {
            operation = Unwrap(operation);
            switch (operation)
            {
                case ILocalReferenceOperation local:
                    return local.Local;
                case IParameterReferenceOperation parameter:
                    return parameter.Parameter;
                case IFieldReferenceOperation field:
                    outermost = field.Field;
                    operation = field.Instance;
                    break;
                case IPropertyReferenceOperation property:
                    outermost = property.Property;
                    operation = property.Instance;
                    break;
                case IInvocationOperation invocation:
                    outermost = null;
                    operation = Receiver(invocation);
                    break;
                case IArrayElementReferenceOperation element:
                    outermost = null;
                    operation = element.ArrayReference;
                    break;
                case IConditionalAccessOperation access:
                    outermost = null;
                    operation = access.Operation;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    operation = ConditionalReceiver(instance);
                    break;
                case IInstanceReferenceOperation:
                    return outermost;
                default:
                    return null;
            }
        }

        return outermost;
    }

    /// <summary>Whether a handler of this type of exceptions is one of all; null stands for a <c>catch</c> without a type.</summary>
    public static bool CatchesAll(ITypeSymbol? exceptionType) => exceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: nameof(Exception), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The left side of the <c>?.</c> that a member access starts at; null in code with errors.</summary>
    public static IOperation? ConditionalReceiver(IOperation instance)
    {
        IOperation child = instance;
        for (IOperation? parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.Operation != child)
                return access.Operation;
        }

        return null;
    }

    /// <summary>One stack per thread serves all walks; a walk inside a walk gets its own.</summary>
    private static Stack<Pending> Rent(IOperation root)
    {
        Stack<Pending> pending = _spare ?? new Stack<Pending>();
        _spare = null;
        pending.Push(new Pending(root));
        return pending;
    }

    private static void PushChildren(Stack<Pending> pending, IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations.Reverse())
            pending.Push(new Pending(child));
    }

    private static IOperation? ArgumentAt(IInvocationOperation invocation, int ordinal)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }

    /// <summary>An operation that is still to be visited. An array of an interface has the type of each element checked that is put into it.</summary>
    private readonly struct Pending(IOperation operation)
    {
        public IOperation Operation { get; } = operation;
    }
}
