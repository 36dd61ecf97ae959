namespace DbRules.Options;

/// <summary>Which reads without a row limit are warned about.</summary>
public enum RowLimitMode
{
    /// <summary>Those of whole tables; filtered ones are suggestions.</summary>
    WholeTable,

    /// <summary>Filtered ones too.</summary>
    Always,

    /// <summary>Those of whole tables; filtered ones are not spoken of.</summary>
    Never,
}
