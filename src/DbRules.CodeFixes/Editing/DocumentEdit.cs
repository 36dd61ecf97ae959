using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.Editing;

/// <summary>
/// The changes that one or more fixes make to a document. All are planned on the original document and written as text, so that everything that
/// is not changed keeps its form.
/// </summary>
internal sealed class DocumentEdit
{
    private readonly Document _document;
    private readonly List<TextChange> _replacements = [];
    private readonly SortedDictionary<int, List<string>> _insertions = [];
    private readonly Dictionary<(int Loop, string Purpose), string> _shared = [];
    private readonly Dictionary<SyntaxNode, Names> _names = [];

    private DocumentEdit(Document document, SyntaxNode root, SourceText text, SemanticModel model)
    {
        _document = document;
        Root = root;
        Text = text;
        Model = model;
        Imports = new Imports(root, model);
    }

    public SyntaxNode Root { get; }

    public SourceText Text { get; }

    public SemanticModel Model { get; }

    public Imports Imports { get; }

    /// <summary>An empty edit; null when the document has no syntax or semantics.</summary>
    public static async Task<DocumentEdit?> CreateAsync(Document document, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null ? null : new DocumentEdit(document, root, text, model);
    }

    /// <summary>The outermost node of a kind that has exactly this span; null when there is none.</summary>
    public T? Find<T>(TextSpan span)
        where T : SyntaxNode
    {
        if (span.Length == 0 || span.End > Root.FullSpan.End)
            return null;
        T? found = null;
        for (SyntaxNode? node = Root.FindNode(span, getInnermostNodeForTie: true); node is not null && node.Span == span; node = node.Parent)
            found = node as T ?? found;
        return found;
    }

    /// <summary>The source text of a span.</summary>
    public string Slice(TextSpan span) => Text.ToString(span);

    /// <summary>The names of the member around a node.</summary>
    public Names NamesAround(SyntaxNode node)
    {
        SyntaxNode member = MemberAround(node);
        if (!_names.TryGetValue(member, out Names? names))
            _names.Add(member, names = new Names(member));
        return names;
    }

    /// <summary>Whether the member around a node has no syntax error: half-typed code is not to be moved about.</summary>
    public bool IsWellFormed(SyntaxNode node) => !MemberAround(node).ContainsDiagnostics;

    /// <summary>What an earlier plan has put before the same loop for a purpose; null when none has.</summary>
    public string? Shared(StatementSyntax loop, string purpose) => _shared.TryGetValue((loop.SpanStart, purpose), out string? name) ? name : null;

    /// <summary>Lets later plans for the loop use a name for a purpose.</summary>
    public void Share(StatementSyntax loop, string purpose, string name) => _shared[(loop.SpanStart, purpose)] = name;

    /// <summary>A local that is declared directly before the loop with this value, as an earlier fix leaves it; null when there is none.</summary>
    public static string? LocalBefore(StatementSyntax loop, string value)
    {
        SyntaxList<StatementSyntax> siblings = loop.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        for (int i = siblings.IndexOf(loop) - 1; i >= 0 && siblings[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } initializer } variable] }; i--)
        {
            if (initializer.ToString() == value)
                return variable.Identifier.Text;
        }

        return null;
    }

    /// <summary>Whether a part of a node holds a comment or a directive, which a replacement would lose.</summary>
    public static bool HasComment(SyntaxNode node, TextSpan part) => node.DescendantTrivia().Any(trivia => part.Contains(trivia.Span) && (trivia.IsDirective || IsComment(trivia)));

    /// <summary>Whether a node holds a comment or a directive, which a replacement would lose.</summary>
    public static bool HasComment(SyntaxNode node) => HasComment(node, node.Span);

    /// <summary>Whether trivia is a comment that belongs to code.</summary>
    public static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    /// <summary>Whether no earlier change touches the span.</summary>
    public bool IsFree(TextSpan span) => _replacements.TrueForAll(change => !change.Span.OverlapsWith(span));

    public void Replace(TextSpan span, string text) => _replacements.Add(new TextChange(span, text));

    /// <summary>Puts text behind a position, once: two findings may ask for the same.</summary>
    public void InsertOnce(int position, string text)
    {
        var change = new TextChange(new TextSpan(position, 0), text);
        if (!_replacements.Contains(change))
            _replacements.Add(change);
    }

    /// <summary>Adds several changes; when one of them turns out to be impossible, none is added.</summary>
    public bool TryAll(Func<bool> add)
    {
        int replacements = _replacements.Count;
        Dictionary<int, int> insertions = _insertions.ToDictionary(static known => known.Key, static known => known.Value.Count);
        if (add())
            return true;
        _replacements.RemoveRange(replacements, _replacements.Count - replacements);
        foreach (int position in _insertions.Keys.ToList())
        {
            if (!insertions.TryGetValue(position, out int before))
                _insertions.Remove(position);
            else
                _insertions[position].RemoveRange(before, _insertions[position].Count - before);
        }

        return false;
    }

    /// <summary>Puts statements directly before a loop, behind those that were put there before.</summary>
    public void InsertBefore(StatementSyntax loop, IEnumerable<string> statements)
    {
        if (!_insertions.TryGetValue(loop.SpanStart, out List<string>? known))
            _insertions.Add(loop.SpanStart, known = []);
        known.AddRange(statements);
    }

    /// <summary>The document with all changes.</summary>
    public Document Apply()
    {
        var changes = new List<TextChange>(_replacements);
        foreach (KeyValuePair<int, List<string>> insertion in _insertions)
            changes.Add(LoopLayout.Insertion(Root, Text, insertion.Key, insertion.Value));
        changes.AddRange(Imports.Changes(Text));
        return _document.WithText(Text.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    private SyntaxNode MemberAround(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)) ?? Root;
}
