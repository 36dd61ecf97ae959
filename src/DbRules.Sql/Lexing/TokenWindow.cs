namespace DbRules.Sql;

/// <summary>
/// Tokens of a text without comments, with brackets and <c>CASE .. END</c> matched. Asking outside the window is allowed and finds nothing.
/// </summary>
internal sealed class TokenWindow
{
    private readonly SqlToken[] _tokens;
    private readonly int _offset;
    private readonly long[] _reads;
    private int[]? _partners;
    private bool _isBalanced;

    public TokenWindow(SqlText text, SqlToken[] tokens)
        : this(text, tokens, 0, tokens.Length, new long[1])
    {
    }

    private TokenWindow(SqlText text, SqlToken[] tokens, int offset, int count, long[] reads)
    {
        _reads = reads;
        Text = text;
        _tokens = tokens;
        _offset = offset;
        Count = count;
    }

    public SqlText Text { get; }

    public IReadOnlyList<SqlToken> Tokens => new ArraySegment<SqlToken>(_tokens, _offset, Count);

    public int Count { get; }

    /// <summary>How many tokens were looked at in this window and those that are parts of one text with it, which tests hold against their number.</summary>
    public long TotalReads => _reads[0];

    /// <summary>Whether every bracket has its partner.</summary>
    public bool IsBalanced
    {
        get
        {
            Match();
            return _isBalanced;
        }
    }

    public SqlToken this[int index]
    {
        get
        {
            _reads[0]++;
            return index >= 0 && index < Count ? _tokens[_offset + index] : default;
        }
    }

    /// <summary>A window over a range of these tokens; they are not copied.</summary>
    public TokenWindow Part(int start, int end) => new(Text, _tokens, _offset + start, end - start, _reads);

    public SqlKeyword Keyword(int index) => this[index].Keyword;

    /// <summary>Whether a word stands anywhere among the tokens, whatever it means there.</summary>
    public bool Has(SqlKeyword keyword)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_tokens[_offset + i].Keyword == keyword)
                return true;
        }

        return false;
    }

    /// <summary>Whether an operator stands anywhere among the tokens, whatever it means there.</summary>
    public bool HasOperator(string sign)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_tokens[_offset + i].Kind == SqlTokenKind.Operator && IsOperator(i, sign))
                return true;
        }

        return false;
    }

    public bool Is(int index, SqlKeyword keyword) => Keyword(index) == keyword;

    public bool Is(int index, SqlKeyword keyword, SqlKeyword next) => Is(index, keyword) && Is(index + 1, next);

    public bool IsPunctuation(int index, char sign) => IsSign(index, sign, SqlTokenKind.Punctuation);

    public bool IsOperator(int index, char sign) => IsSign(index, sign, SqlTokenKind.Operator);

    public bool IsOperator(int index, string sign)
    {
        SqlToken token = this[index];
        return token.Kind == SqlTokenKind.Operator && token.Length == sign.Length && string.CompareOrdinal(Text.Joined, token.Start, sign, 0, sign.Length) == 0;
    }

    public bool IsOpening(int index) => IsPunctuation(index, '(') || IsPunctuation(index, '[');

    public bool IsClosing(int index) => IsPunctuation(index, ')') || IsPunctuation(index, ']');

    public bool IsHole(int index) => this[index].Kind == SqlTokenKind.Hole;

    /// <summary>Whether a word that can open something by its place stands directly before <c>(</c>.</summary>
    public bool IsBeforeParenthesis(int index) => IsPunctuation(index + 1, '(');

    /// <summary>The index of the matching bracket or <c>END</c>, or -1 when the token is none or has no partner.</summary>
    public int Partner(int index)
    {
        Match();
        return index >= 0 && index < Count ? _partners![index] : -1;
    }

    /// <summary>The next token at the same depth: behind the closing partner when this one opens a matched pair.</summary>
    public int Next(int index) => Partner(index) > index ? _partners![index] + 1 : index + 1;

    /// <summary>Whether two neighbours touch without whitespace.</summary>
    public bool Touch(int left, int right) => left >= 0 && right < Count && this[left].End == this[right].Start;

    /// <summary>The text of one token.</summary>
    public string TextOf(int index) => Text.Slice(this[index].Span);

    /// <summary>The text of one token, without its quotes when it has some.</summary>
    public string NameOf(int index)
    {
        SqlSpan span = this[index].Span;
        return SqlNames.IsQuoted(Text.Joined, span) ? SqlNames.Inside(Text.Joined, span) : Text.Slice(span);
    }

    /// <summary>Whether the token is this word, in any letter case, without quotes.</summary>
    public bool IsWord(int index, string word)
    {
        SqlToken token = this[index];
        return token.Kind is SqlTokenKind.Identifier or SqlTokenKind.Keyword && token.Length == word.Length
            && string.Compare(Text.Joined, token.Start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;
    }

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
            || Keyword(index - 1) is SqlKeyword.Select or SqlKeyword.Distinct or SqlKeyword.All or SqlKeyword.Returning);

    private bool IsSign(int index, char sign, SqlTokenKind kind)
    {
        SqlToken token = this[index];
        return token.Kind == kind && token.Length == 1 && Text.Joined[token.Start] == sign;
    }

    private void Match()
    {
        if (_partners is not null)
            return;
        bool balanced = true;
        var partners = new int[Count];
        Stack<int>? open = null;
        for (int i = 0; i < Count; i++)
        {
            partners[i] = -1;
            SqlKeyword keyword = Keyword(i);
            bool opensCase = keyword == SqlKeyword.Case && !Is(i - 1, SqlKeyword.End);
            if (opensCase || IsOpening(i))
            {
                (open ??= new()).Push(i);
            }
            else if (keyword == SqlKeyword.End && open?.Count > 0 && Is(open.Peek(), SqlKeyword.Case))
            {
                Pair(open.Pop(), i);
            }
            else if (IsClosing(i))
            {
                // A CASE that has no END does not hide the bracket before it.
                while (open?.Count > 0 && Is(open.Peek(), SqlKeyword.Case))
                    balanced = open.Pop() < 0;
                if (open?.Count > 0 && IsPunctuation(open.Peek(), '(') == IsPunctuation(i, ')'))
                    Pair(open.Pop(), i);
                else
                    balanced = false;
            }
        }

        _isBalanced = balanced && open is not { Count: > 0 };
        _partners = partners;

        void Pair(int opening, int closing)
        {
            partners[opening] = closing;
            partners[closing] = opening;
        }
    }
}
