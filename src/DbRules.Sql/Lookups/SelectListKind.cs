namespace DbRules.Sql;

/// <summary>What a lookup returns for a row it finds.</summary>
public enum SelectListKind
{
    /// <summary>Anything else, mixtures included.</summary>
    Other = 0,

    /// <summary><c>*</c> or <c>t.*</c> alone.</summary>
    Star,

    /// <summary>Only columns.</summary>
    Columns,

    /// <summary><c>COUNT(*)</c> or <c>COUNT(1)</c> alone.</summary>
    CountAll,

    /// <summary>One constant, as in <c>SELECT 1</c>: the row's existence is asked.</summary>
    ExistsOrConstant,
}
