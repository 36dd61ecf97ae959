using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>What somebody outside of the program chooses, such as the parts of a request, as rows of libraries say.</summary>
internal sealed class OutsideValues(CompilationContext context)
{
    /// <summary>Whether an expression reads such a value where it comes in.</summary>
    public bool Reads(IOperation expression)
    {
        IOperation? current = expression;
        while (current is not null)
        {
            current = Operations.Unwrap(current);
            if (current is not (ILocalReferenceOperation or IParameterReferenceOperation) && IsInput(current.Type))
                return true;
            switch (current)
            {
                case IConversionOperation { OperatorMethod: not null } conversion when IsInput(conversion.Operand.Type):
                    return true;
                case IPropertyReferenceOperation property:
                    if (IsInput(property.Property))
                        return true;
                    current = property.Instance;
                    break;
                case IInvocationOperation call:
                    if (Returns(call))
                        return true;
                    current = Operations.Receiver(call);
                    break;
                case IArrayElementReferenceOperation element:
                    current = element.ArrayReference;
                    break;
                case IConditionalAccessOperation access:
                    current = access.WhenNotNull;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    current = Operations.ConditionalReceiver(instance);
                    break;
                case ICoalesceOperation coalesce:
                    current = coalesce.Value;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether a call returns such a value.</summary>
    public bool Returns(IInvocationOperation call) => context.Models.Of(call.TargetMethod)?.Plays(ModelWords.Result, ParameterRole.Input) == true;

    /// <summary>Whether a property holds such a value: by itself, or since an attribute says that it is filled in from outside.</summary>
    public bool IsInput(IPropertySymbol property) => context.Models.Of(property)?.Plays(ModelWords.Result, ParameterRole.Input) == true || IsMarked(property);

    /// <summary>Whether values of a type are such values, whoever hands them on.</summary>
    public bool IsInput(ITypeSymbol? type) => type is not null && Has(type, TypeTraits.Input);

    /// <summary>Whether a parameter of a method that answers requests is a part of them. Others are services.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="answers">Whether its method is known to answer requests.</param>
    public bool IsInput(IParameterSymbol parameter, bool answers = false) =>
        IsMarked(parameter) || ((answers || (parameter.ContainingSymbol is IMethodSymbol method && Answers(method))) && IsData(parameter.Type));

    /// <summary>Whether what is handed over as an argument answers requests.</summary>
    public bool AnswersAs(IArgumentOperation handler) =>
        handler is { Parameter: { } taken, Parent: IInvocationOperation call } && context.Models.Of(call.TargetMethod)?.Plays(taken.Name, ParameterRole.Answers) == true;

    /// <summary>A public method of a type that answers requests.</summary>
    private bool Answers(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType: { } type } && Has(type, TypeTraits.Answers);

    private bool IsMarked(ISymbol declared) => declared.GetAttributes().Any(attribute => IsInput(attribute.AttributeClass));

    /// <summary>Text, a number, or an object that is made of what a request says; the program itself hands in what is abstract, a session, or settings.</summary>
    private bool IsData(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String || type is IArrayTypeSymbol || Sequences.ElementType(type)?.SpecialType == SpecialType.System_String
        || (!type.IsAbstract && type.TypeKind is TypeKind.Class or TypeKind.Struct && context.Models.Of(type) is null && !NameWords.SpeakOfSettings(type));

    private bool Has(ITypeSymbol type, TypeTraits trait) => context.Models.Of(type)?.Has(trait) == true;
}
