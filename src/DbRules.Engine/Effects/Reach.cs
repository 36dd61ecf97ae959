using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbRules.Engine.Effects;

/// <summary>
/// Which functions of a compilation may do something to a store, by the names that they mention alone: those that mention a name of a library
/// that does, and those that mention one of these. Nothing is bound. Whoever is not among them does nothing to a store, as far as names tell.
/// </summary>
internal sealed class Reach
{
    private readonly HashSet<(SyntaxTree, int)> _places = [];
    private readonly List<MentioningMember> _members = [];
    private readonly HashSet<string> _outsideNames = new(StringComparer.Ordinal);

    public Reach(Compilation compilation, ModelSet models, StatedAssemblies stated, CancellationToken cancellation)
    {
        var seeds = new EffectNames(compilation, models);
        List<MentionedNames> files = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(MentionedNames.In(tree));
        }

        AddStated(seeds, stated);
        foreach (StatedSummaries one in stated.All)
            AddQueries(seeds, one.Assembly.GlobalNamespace);
        foreach (TypedName typed in files.SelectMany(static file => file.TypedNames))
        {
            if (seeds.Queries.Contains(typed.Type))
                seeds.Queries.Add(typed.Name);
        }

        AddDerivedResources(seeds, compilation);
        Count = files.Sum(static file => file.Members.Count);
        Spread(files, seeds);
    }

    /// <summary>The functions with a body that the compilation declares.</summary>
    public int Count { get; }

    /// <summary>Those that may do something to a store, or run what they are given.</summary>
    public IReadOnlyList<MentioningMember> Members => _members;

    /// <summary>The names that they are called by, and those of members of other assemblies that do something.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a call of a member may do something: of one that others override or implement, as far as its name tells.</summary>
    public bool MayRun(IMethodSymbol member) => member switch
    {
        { MethodKind: MethodKind.LocalFunction } => true,
        { IsAbstract: true } or { IsVirtual: true } or { IsOverride: true } => Names.Contains(NameOf(member)) || _outsideNames.Contains(NameOf(member)),
        _ => Contains(member),
    };

    /// <summary>The name that code calls a member by.</summary>
    public static string NameOf(IMethodSymbol member) => member.AssociatedSymbol switch
    {
        IPropertySymbol { IsIndexer: true } => MentionedNames.Indexer,
        { } associated => associated.Name,
        null => member.Name,
    };

    /// <summary>Whether the body of a member of the compilation may do something.</summary>
    public bool Contains(IMethodSymbol member)
    {
        member = member.PartialImplementationPart ?? member;
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            if (_places.Contains((reference.SyntaxTree, reference.Span.Start)))
                return true;
        }

        return member.DeclaringSyntaxReferences.IsEmpty;
    }

    private void AddStated(EffectNames seeds, StatedAssemblies stated)
    {
        foreach (string id in stated.All.SelectMany(static one => one.Ids))
        {
            string name = StatedSummaries.NameIn(id);
            if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
                name = name.Substring("get_".Length);
            if (name.Length > 0 && name[0] != '#')
                Names.Add(name);
        }

        seeds.Effects.UnionWith(Names);
    }

    /// <summary>The members of a referenced assembly that are queries or return one, and its types that are made to be released.</summary>
    private static void AddQueries(EffectNames seeds, INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddQueries(seeds, inner);
            if (member is INamedTypeSymbol { BaseType: { } parent } && seeds.Resources.Contains(parent.Name))
                seeds.Resources.Add(member.Name);
            ITypeSymbol? kind = member switch
            {
                IPropertySymbol property => property.Type,
                IFieldSymbol field => field.Type,
                IMethodSymbol { MethodKind: MethodKind.Ordinary } method => method.ReturnType,
                _ => null,
            };
            if (kind is not null && seeds.Queries.Contains(kind.Name))
                seeds.Queries.Add(member.Name);
        }
    }

    /// <summary>Types of the compilation that by the names of their bases are made to be released.</summary>
    private static void AddDerivedResources(EffectNames seeds, Compilation compilation)
    {
        DeclaredType[] types = [.. DeclaredTypes.In(compilation)];
        for (bool isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (DeclaredType type in types)
                isChanged |= type.Bases.Any(seeds.Resources.Contains) && seeds.Resources.Add(type.Name);
        }
    }

    /// <summary>From those that themselves do something to those that mention them, until nothing changes.</summary>
    private void Spread(List<MentionedNames> files, EffectNames seeds)
    {
        var byMention = new Dictionary<string, List<MentioningMember>>(StringComparer.Ordinal);
        HashSet<string> callable = [.. files.SelectMany(static file => file.Members).Select(static member => member.Name), MentionedNames.Creates];
        var reached = new HashSet<MentioningMember>();
        var runners = new List<MentioningMember>();
        var pending = new Queue<MentioningMember>();
        foreach (MentioningMember member in files.SelectMany(static file => file.Members))
        {
            if (IsSeed(member, seeds))
            {
                reached.Add(member);
                pending.Enqueue(member);
                continue;
            }

            if (RunsDelegates(member, seeds))
                runners.Add(member);
            foreach (string name in member.Mentions)
            {
                if (!callable.Contains(name))
                    continue;
                if (!byMention.TryGetValue(name, out List<MentioningMember>? mentioning))
                    byMention.Add(name, mentioning = []);
                mentioning.Add(member);
            }
        }

        Follow(_members, Names, static _ => true);
        // What runs its caller's delegates matters to those callers that hand on a delegate of their own: others do what stands in the delegate.
        foreach (MentioningMember member in runners.Where(reached.Add))
            pending.Enqueue(member);
        Follow(_members, Names, static caller => caller.Mentions.Contains(MentionedNames.HandsOn));
        // Work on a file or another service matters to those that also reach a store: it is read when they call it, and not stated by itself.
        var outside = new List<MentioningMember>();
        foreach (MentioningMember member in files.SelectMany(static file => file.Members).Where(member => member.Mentions.Overlaps(seeds.Outside) && reached.Add(member)))
            pending.Enqueue(member);
        Follow(outside, _outsideNames, static _ => true);
        foreach (MentioningMember member in _members.Concat(outside))
            _places.Add((member.Declaration.SyntaxTree, member.Declaration.SpanStart));

        void Follow(List<MentioningMember> found, HashSet<string> called, Func<MentioningMember, bool> isMeant)
        {
            while (pending.Count > 0)
            {
                MentioningMember member = pending.Dequeue();
                found.Add(member);
                string[] names = member.Declaration.IsKind(SyntaxKind.ConstructorDeclaration) ? [member.Name, MentionedNames.Creates] : [member.Name];
                foreach (string name in names)
                {
                    if (name.Length == 0 || !called.Add(name) || !byMention.TryGetValue(name, out List<MentioningMember>? mentioning))
                        continue;
                    foreach (MentioningMember next in mentioning)
                    {
                        if (isMeant(next) && reached.Add(next))
                            pending.Enqueue(next);
                    }
                }
            }
        }
    }

    private static bool IsSeed(MentioningMember member, EffectNames seeds)
    {
        bool walks = false;
        bool hasQuery = false;
        foreach (string name in member.Mentions)
        {
            if (seeds.Effects.Contains(name) || seeds.Resources.Contains(name))
                return true;
            walks |= name == MentionedNames.Walks || seeds.Enumerators.Contains(name);
            hasQuery |= seeds.Queries.Contains(name);
        }

        return walks && hasQuery;
    }

    private static bool RunsDelegates(MentioningMember member, EffectNames seeds) =>
        member.Mentions.Contains(MentionedNames.Invokes) || (member.Mentions.Contains(MentionedNames.HandsOn) && member.Mentions.Any(seeds.Runners.Contains));
}
