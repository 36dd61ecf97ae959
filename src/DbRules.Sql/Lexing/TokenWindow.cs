namespace DbRules.Sql;

/// <summary>The tokens of one statement without comments, with brackets matched. Asking outside the window is allowed and finds nothing.</summary>
internal sealed class TokenWindow
{
    private readonly int[] _partners;

    public TokenWindow(SqlText text, IReadOnlyList<SqlToken> tokens)
    {
        Text = text;
        Tokens = tokens;
        _partners = new int[tokens.Count];
        IsBalanced = MatchBrackets();
    }

    public SqlText Text { get; }

    public IReadOnlyList<SqlToken> Tokens { get; }

    public int Count => Tokens.Count;

    /// <summary>Whether every bracket has its partner.</summary>
    public bool IsBalanced { get; }

    public SqlToken this[int index] => index >= 0 && index < Count ? Tokens[index] : default;

    public SqlKeyword Keyword(int index) => this[index].Keyword;

    public bool Is(int index, SqlKeyword keyword) => Keyword(index) == keyword;

    public bool Is(int index, SqlKeyword keyword, SqlKeyword next) => Is(index, keyword) && Is(index + 1, next);

    public bool IsPunctuation(int index, char sign) => IsSign(index, sign, SqlTokenKind.Punctuation);

    public bool IsOperator(int index, char sign) => IsSign(index, sign, SqlTokenKind.Operator);

    public bool IsOpening(int index) => IsPunctuation(index, '(') || IsPunctuation(index, '[');

    public bool IsClosing(int index) => IsPunctuation(index, ')') || IsPunctuation(index, ']');

    /// <summary>The index of the matching bracket, or -1 when the token is no bracket or has no partner.</summary>
    public int Partner(int index) => index >= 0 && index < Count ? _partners[index] : -1;

    /// <summary>The next token at the same depth: behind the closing bracket when this one opens a matched pair.</summary>
    public int Next(int index) => Partner(index) > index ? _partners[index] + 1 : index + 1;

    /// <summary>Whether two neighbours touch without whitespace.</summary>
    public bool Touch(int left, int right) => left >= 0 && right < Count && this[left].End == this[right].Start;

    /// <summary>The text of one token.</summary>
    public string TextOf(int index) => Text.Slice(this[index].Span);

    /// <summary>From the first token to the last; empty behind the token before when the range is empty.</summary>
    public SqlSpan Span(int start, int end) =>
        start < end ? SqlSpan.Between(this[start].Start, this[end - 1].End) : new SqlSpan(this[end - 1].End, 0);

    /// <summary>
    /// Whether the token before calls for an operand, so that a word which means something only by place is a name here
    /// (<c>ORDER BY Offset</c>, <c>t.Limit</c>).
    /// </summary>
    public bool ExpectsOperand(int index)
    {
        SqlToken previous = this[index - 1];
        if (index == 0)
            return true;
        return previous.Kind switch
        {
            SqlTokenKind.Operator => !IsStar(index - 1),
            SqlTokenKind.Punctuation => !IsClosing(index - 1),
            SqlTokenKind.Keyword => previous.Keyword is not (SqlKeyword.Null or SqlKeyword.End or SqlKeyword.Asc or SqlKeyword.Desc),
            _ => false,
        };
    }

    /// <summary>Whether the token is the <c>*</c> of a column list, not a multiplication.</summary>
    public bool IsStar(int index) =>
        IsOperator(index, '*')
        && (IsPunctuation(index - 1, '(') || IsPunctuation(index - 1, ',') || IsPunctuation(index - 1, '.')
            || Keyword(index - 1) is SqlKeyword.Select or SqlKeyword.Distinct or SqlKeyword.All);

    private bool IsSign(int index, char sign, SqlTokenKind kind)
    {
        SqlToken token = this[index];
        return token.Kind == kind && token.Length == 1 && Text.Joined[token.Start] == sign;
    }

    private bool MatchBrackets()
    {
        bool balanced = true;
        var open = new Stack<int>();
        for (int i = 0; i < Count; i++)
        {
            _partners[i] = -1;
            if (IsOpening(i))
            {
                open.Push(i);
            }
            else if (IsClosing(i))
            {
                if (open.Count == 0 || IsPunctuation(open.Peek(), '(') != IsPunctuation(i, ')'))
                {
                    balanced = false;
                    continue;
                }

                int opening = open.Pop();
                _partners[opening] = i;
                _partners[i] = opening;
            }
        }

        return balanced && open.Count == 0;
    }
}
