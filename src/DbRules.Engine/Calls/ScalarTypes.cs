using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Types whose values stand in one column.</summary>
internal static class ScalarTypes
{
    /// <summary>A number, text, date, identifier or enumeration, nullable or not.</summary>
    public static bool IsScalar(ITypeSymbol? type) => Underlying(type) is { } bare
        && (bare.TypeKind == TypeKind.Enum
            || bare.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String and not SpecialType.System_Char) or SpecialType.System_DateTime
            || bare is { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    /// <summary>Whether every provider compares and orders values of the type: some keep these as text.</summary>
    public static bool HasOrder(ITypeSymbol? type) => IsScalar(type) && Underlying(type) is { SpecialType: not SpecialType.System_UInt64, Name: not ("Guid" or "DateTimeOffset" or "TimeSpan") };

    /// <summary>Whether some providers cannot order or add up values of the type.</summary>
    public static bool IsHardToSum(ITypeSymbol? type) => Underlying(type)?.SpecialType == SpecialType.System_Decimal;

    /// <summary>Whether a type is nullable, or a reference.</summary>
    public static bool MayBeNull(ITypeSymbol? type) => type is { IsValueType: false } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    private static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;
}
