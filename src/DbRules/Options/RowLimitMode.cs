using Microsoft.CodeAnalysis;

namespace DbRules.Options;

/// <summary>Which reads without a row limit are warned about.</summary>
public enum RowLimitMode
{
    /// <summary>None: which tables grow only the team knows.</summary>
    Suggestion,

    /// <summary>Those of whole tables; filtered ones are suggestions.</summary>
    WholeTable,

    /// <summary>Filtered ones too.</summary>
    Always,

    /// <summary>None: those of whole tables are suggestions, filtered ones are not spoken of.</summary>
    Never,
}

/// <summary>What the modes mean for one read.</summary>
internal static class RowLimitModes
{
    /// <summary>How loud a read without a row limit is reported; null when it is not spoken of.</summary>
    public static DiagnosticSeverity? SeverityOf(this RowLimitMode mode, bool isFiltered) => mode switch
    {
        RowLimitMode.Never when isFiltered => null,
        RowLimitMode.Always => DiagnosticSeverity.Warning,
        RowLimitMode.WholeTable when !isFiltered => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
