namespace DbRules.Sql;

/// <summary>One comparison of a column with a parameter by <c>=</c>.</summary>
internal sealed class ColumnEquality
{
    private ColumnEquality(TokenWindow window, int start, int end, int sign, int columnStart, int columnEnd, int parameter)
    {
        NameReader.Name name = NameReader.Read(window, columnStart, columnEnd);
        Column = name.Last;
        Qualifier = name.Count > 1 ? name[name.Count - 2] : null;
        ColumnSpan = window.Span(columnStart, columnEnd);
        Conjunct = window.Span(start, end);
        Operator = window[sign].Span;
        Parameter = window[parameter].Span;
    }

    public string Column { get; }

    /// <summary>The unquoted name before the column's, or null.</summary>
    public string? Qualifier { get; }

    public SqlSpan ColumnSpan { get; }

    public SqlSpan Conjunct { get; }

    public SqlSpan Operator { get; }

    public SqlSpan Parameter { get; }

    /// <summary>The comparison that fills the whole range, either side first; null when the range is anything else.</summary>
    public static ColumnEquality? Read(TokenWindow window, int start, int end)
    {
        if (end - start < 3)
            return null;
        bool parameterFirst = window[start].Kind == SqlTokenKind.Parameter;
        int parameter = parameterFirst ? start : end - 1;
        int sign = parameterFirst ? start + 1 : end - 2;
        int columnStart = parameterFirst ? start + 2 : start;
        int columnEnd = parameterFirst ? end : end - 2;
        bool isEquality = window[parameter].Kind == SqlTokenKind.Parameter
            && window.IsOperator(sign, '=')
            && columnStart < columnEnd
            && NameReader.Read(window, columnStart, columnEnd).End == columnEnd
            && ColumnNames.IsColumn(window, columnStart, columnEnd);
        return isEquality ? new ColumnEquality(window, start, end, sign, columnStart, columnEnd, parameter) : null;
    }
}
