using DbRules.Engine.Effects;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Transactions;

/// <summary>
/// The names of the functions that may run inside a delegate which a retrying strategy runs: what the delegates in view mention, and what the bodies behind these
/// names mention in turn. By name alone, which finds too many rather than too few. Thread-safe.
/// </summary>
internal sealed class StrategyReach
{
    private readonly EditorMemory _memory;
    private readonly ModelIndex _models;
    private readonly Lazy<bool> _isUnclear;
    private readonly Lazy<HashSet<string>> _senders;
    private readonly Dictionary<SyntaxNode, MemberNames> _members = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _runners = new(StringComparer.Ordinal);
    private readonly HashSet<SyntaxNode> _entered = [];
    private readonly Queue<SyntaxNode> _pending = new();
    private Dictionary<string, List<SyntaxNode>>? _bodies;
    private bool _escapes;

    public StrategyReach(ModelIndex models, EditorMemory memory)
    {
        _memory = memory;
        _models = models;
        _isUnclear = new(Search);
        _senders = new(() => new HashSet<string>(models.MembersWith(DbEffect.Dispatches).Select(static member => member.Name), StringComparer.Ordinal));
    }

    /// <summary>Whether a function of this name may run inside such a delegate.</summary>
    public bool MayRun(string function) => _isUnclear.Value || _names.Contains(function.Substring(function.LastIndexOf('.') + 1));

    /// <summary>Fills the names. True when a strategy runs what the code in view does not name: any function may be among it then.</summary>
    private bool Search()
    {
        List<MemberModel> retrying = [.. _models.MembersWith(DbEffect.Retries)];
        List<MemberModel> running = retrying.FindAll(static member => !member.ParametersOf(ParameterRole.Runs).IsEmpty);
        string[] runners = [.. running.Select(static member => member.Name).Distinct()];
        string[] signs = [.. retrying.Except(running).Select(static member => member.Name).Concat(running.Select(static member => SimpleName(member.TypeName))).Distinct()];
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(_memory.Compilation, words: signs, names: runners))
            EnterArguments(call);

        while (_pending.Count > 0 && !_escapes)
            Read(_pending.Dequeue());
        return _escapes;
    }

    private void EnterArguments(InvocationExpressionSyntax call)
    {
        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
            EnterDelegate(argument.Expression);
    }

    private void EnterDelegate(ExpressionSyntax value)
    {
        if (value is IdentifierNameSyntax { Identifier.ValueText: var name } && MemberAround(value) is { } member)
        {
            if (ParametersOf(member).Any(parameter => parameter.Identifier.ValueText == name))
            {
                AddRunner(member);
                return;
            }

            if (member.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(local => local.Identifier.ValueText == name) is { Initializer.Value: { } made })
                Enter(made);
        }

        Enter(value);
    }

    private void Enter(SyntaxNode node)
    {
        if (_entered.Add(node))
            _pending.Enqueue(node);
    }

    private void Read(SyntaxNode entered)
    {
        SyntaxNode? member = MemberAround(entered);
        foreach (SyntaxNode node in entered.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax call)
                ReadCall(call, member);
            if (node is SimpleNameSyntax { Identifier.ValueText: var name } && _names.Add(name))
            {
                foreach (SyntaxNode body in BodiesOf(name))
                    Enter(body);
            }
        }
    }

    /// <summary>Whoever hands a delegate over that the entered code calls has it run there.</summary>
    private void ReadCall(InvocationExpressionSyntax call, SyntaxNode? member)
    {
        ExpressionSyntax called = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke", Expression: var invoked } ? invoked : call.Expression;
        if (called is IdentifierNameSyntax { Identifier.ValueText: var name } && member is not null)
        {
            if (ParametersOf(member).Any(parameter => parameter.Identifier.ValueText == name))
                AddRunner(member);
            else if (BodiesOf(name).Count == 0 && !NamesIn(member).Declared.Contains(name))
                _escapes = true;
            foreach (LocalFunctionStatementSyntax local in NamesIn(member).Functions)
            {
                if (local.Identifier.ValueText == name)
                    Enter(local);
            }
        }

        // Handlers of what is dispatched are not named.
        _escapes |= ModelSources.NameOf(call) is { } sender && _senders.Value.Contains(sender);
    }

    private void AddRunner(SyntaxNode member)
    {
        if (member is not MethodDeclarationSyntax { Identifier.ValueText: var name })
        {
            _escapes |= member is not LocalFunctionStatementSyntax;
            return;
        }

        if (!_runners.Add(name))
            return;
        List<InvocationExpressionSyntax> calls = [.. _memory.Mentioning(name).Select(CallOf).OfType<InvocationExpressionSyntax>()];
        _escapes |= calls.Count == 0;
        foreach (InvocationExpressionSyntax call in calls)
            EnterArguments(call);
    }

    /// <summary>The call of the member that is named; null where it is named for anything else.</summary>
    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name)
    {
        ExpressionSyntax called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }

    private IReadOnlyList<SyntaxNode> BodiesOf(string name)
    {
        _bodies ??= ReadBodies();
        return _bodies.TryGetValue(name, out List<SyntaxNode>? bodies) ? bodies : [];
    }

    private Dictionary<string, List<SyntaxNode>> ReadBodies()
    {
        var found = new Dictionary<string, List<SyntaxNode>>(StringComparer.Ordinal);
        foreach (SyntaxNode node in ModelSources.Trees(_memory.Compilation).SelectMany(static tree => tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)))
        {
            string? name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                _ => null,
            };
            if (name is null)
                continue;
            if (!found.TryGetValue(name, out List<SyntaxNode>? bodies))
                found.Add(name, bodies = []);
            bodies.Add(node);
        }

        return found;
    }

    private MemberNames NamesIn(SyntaxNode member)
    {
        if (_members.TryGetValue(member, out MemberNames? known))
            return known;
        var found = new MemberNames([], new HashSet<string>(StringComparer.Ordinal));
        foreach (SyntaxNode node in member.DescendantNodes())
        {
            switch (node)
            {
                case LocalFunctionStatementSyntax local:
                    found.Functions.Add(local);
                    found.Declared.Add(local.Identifier.ValueText);
                    break;
                case VariableDeclaratorSyntax variable:
                    found.Declared.Add(variable.Identifier.ValueText);
                    break;
                case ParameterSyntax parameter:
                    found.Declared.Add(parameter.Identifier.ValueText);
                    break;
            }
        }

        _members.Add(member, found);
        return found;
    }

    private static IEnumerable<ParameterSyntax> ParametersOf(SyntaxNode member) => member switch
    {
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
        LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
        _ => [],
    };

    private static SyntaxNode? MemberAround(SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(static at => at is MemberDeclarationSyntax and not GlobalStatementSyntax);

    private static string SimpleName(string typeName) => typeName.Substring(typeName.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];

    /// <summary>What a member declares inside its body.</summary>
    private sealed record MemberNames(List<LocalFunctionStatementSyntax> Functions, HashSet<string> Declared);
}
