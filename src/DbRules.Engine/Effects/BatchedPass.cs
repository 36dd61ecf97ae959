using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>The pass of a loop that fills a command and sends it last, and that would only fill it once a batch sends it later.</summary>
internal sealed class BatchedPass(ModelIndex models, ILoopOperation loop, IOperation statement, CommandSetup setup)
{
    /// <summary>
    /// Whether nothing follows the sending, no jump leaves it out for other passes, nothing handles its failure, and all values that the command is
    /// given are still the same when the loop has ended.
    /// </summary>
    /// <param name="result">The sending with its <c>await</c>.</param>
    public bool DoesNothingElse(IOperation result) =>
        ReachesDirectly()
        && !(loop is IForEachLoopOperation each && IsStore(each.Collection))
        && !Operations.Any(loop.Body, operation => operation.Syntax.SpanStart >= statement.Syntax.Span.End || Hinders(operation, result) || MayChangeLater(operation));

    /// <summary>Only blocks, conditions and the release of the command stand between the loop and the sending.</summary>
    private bool ReachesDirectly()
    {
        IOperation? parent = statement.Parent;
        while (parent is IBlockOperation or IConditionalOperation or IUsingOperation && parent != loop.Body)
            parent = parent.Parent;
        return parent == loop.Body;
    }

    /// <summary>A reader or a query that is still open while the loop runs.</summary>
    private bool IsStore(IOperation collection) => Operations.Unwrap(collection).Type is { } type && models.Of(type) is { } model && (model.Traits & (TypeTraits.Reader | TypeTraits.Query)) != 0;

    private bool Hinders(IOperation operation, IOperation result) => operation switch
    {
        IReturnOperation or IAwaitOperation when operation != result => Operations.EnclosingFunction(operation) == Operations.EnclosingFunction(loop) && !setup.Covers(operation),
        IBranchOperation { BranchKind: BranchKind.GoTo } or IThrowOperation or ITryOperation or ILockOperation or IInvalidOperation => true,
        IUsingDeclarationOperation { DeclarationGroup: var group } => !Declares(group),
        IUsingOperation { Resources: var resources } => !Declares(resources),
        IAnonymousFunctionOperation or ILocalFunctionOperation => setup.Names(operation),
        _ => false,
    };

    private bool Declares(IOperation resources) => resources is IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var local }] }] } && setup.IsCommand(local);

    private bool MayChangeLater(IOperation operation) => operation switch
    {
        IArgumentOperation { ArgumentKind: not ArgumentKind.DefaultValue, Value: var value } => !setup.Covers(value) && !Operations.IsInside(value, statement) && !IsFixed(value),
        ISimpleAssignmentOperation { Value: var value } => !setup.Covers(value) && !IsFixed(value),
        IVariableInitializerOperation { Value: var value } => !setup.Covers(value) && !IsFixed(value),
        _ => false,
    };

    /// <summary>Whether a value cannot change once the pass has ended: it is unchangeable, new, or the element's own.</summary>
    private bool IsFixed(IOperation value)
    {
        IOperation plain = Operations.Unwrap(value);
        if (plain.ConstantValue.HasValue || plain.Type is { IsValueType: true } || Mutations.IsUnchangeable(plain.Type))
            return true;
        return plain switch
        {
            ICoalesceOperation either => IsFixed(either.Value) && IsFixed(either.WhenNull),
            IConditionalOperation { WhenFalse: { } otherwise } either => IsFixed(either.WhenTrue) && IsFixed(otherwise),
            IObjectCreationOperation or IArrayCreationOperation or IAnonymousFunctionOperation or IDelegateCreationOperation => true,
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } } => true,
            ILocalReferenceOperation { Local: var local } => Operations.IsDeclaredInside(local, loop) && !IsReleased(local.Type),
            IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: true } } call => Operations.Receiver(call) is not { } receiver || IsOfPass(receiver),
            IPropertyReferenceOperation or IFieldReferenceOperation or IConditionalAccessOperation => IsOfPass(plain),
            _ => false,
        };
    }

    private bool IsOfPass(IOperation value) => setup.Names(value) || (Operations.RootSymbol(value is IConditionalAccessOperation access ? access.Operation : value) is { } root && Operations.IsDeclaredInside(root, loop));

    private static bool IsReleased(ITypeSymbol type) => type.AllInterfaces.Any(static implemented => implemented.SpecialType == SpecialType.System_IDisposable);
}
