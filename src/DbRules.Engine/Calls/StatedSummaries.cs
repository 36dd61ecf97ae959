using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What one referenced assembly states about its members, in attributes. Read once for each assembly symbol; the texts are parsed by whoever asks.</summary>
internal sealed class StatedSummaries
{
    private const string VirtualMark = "V:", RequestMark = "R:", ThroughMark = " of ", AnyMark = "*";

    private const char ResultMark = '~';

    private static readonly ConditionalWeakTable<IAssemblySymbol, StatedSummaries> Known = new();

    private static readonly Dictionary<string, string> NoTexts = [];
    private static readonly HashSet<string> NoIds = [];

    private readonly Dictionary<string, string> _texts = NoTexts;
    private readonly HashSet<string> _virtualIds = NoIds;

    private StatedSummaries(IAssemblySymbol assembly)
    {
        Assembly = assembly;
        // Few assemblies have the type: decoding the attributes of all others would cost more than it tells.
        if (assembly.GetTypeByMetadataName(DbSummaryAttribute.FullName) is null)
            return;
        IsPresent = true;
        _texts = new(StringComparer.Ordinal);
        _virtualIds = new(StringComparer.Ordinal);
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == DbSummaryAttribute.Name && attribute.ConstructorArguments is [{ Value: string id }, { Value: string text }])
                Add(id, text);
        }
    }

    public IAssemblySymbol Assembly { get; }

    /// <summary>Whether the assembly states anything. What it then does not state does nothing.</summary>
    public bool IsPresent { get; }

    /// <summary>What all statements are about, as they stand in the assembly.</summary>
    public IEnumerable<string> Ids => _texts.Keys;

    /// <summary>The ids of the members, of whatever assembly, whose implementations in this assembly are stated.</summary>
    public IReadOnlyCollection<string> VirtualIds => _virtualIds;

    /// <summary>What a referenced assembly states.</summary>
    public static StatedSummaries Of(IAssemblySymbol assembly) => Known.GetValue(assembly, static assembly => new StatedSummaries(assembly));

    /// <summary>What the assembly states; null when it does not speak of that.</summary>
    public string? TextOf(string id) => _texts.TryGetValue(id, out string? text) ? text : null;

    /// <summary>The id of a member itself, as comments for documentation name it; null when it has none.</summary>
    public static string? IdOf(IMethodSymbol member)
    {
        string? id = DocumentationCommentId.CreateDeclarationId(member.OriginalDefinition);
        // Only conversions differ in nothing but what they return.
        return id is null || member.MethodKind == MethodKind.Conversion || id.LastIndexOf(ResultMark) is not (> 0 and var end) ? id : id.Substring(0, end);
    }

    /// <summary>The id of the handlers of a request.</summary>
    public static string RequestId(ITypeSymbol request) => RequestMark + DocumentationCommentId.CreateReferenceId(request);

    /// <summary>The id of what a virtual call of a member does.</summary>
    /// <param name="id">The member's own id.</param>
    /// <param name="through">The constructed interface, or the definition of the class that the call goes through; null for a call through any.</param>
    public static string VirtualId(string id, INamedTypeSymbol? through) =>
        VirtualMark + id + (through is null ? "" : ThroughMark + DocumentationCommentId.CreateReferenceId(through));

    /// <summary>The id of what implementations do that take any type arguments of a generic interface.</summary>
    public static string AnyVirtualId(string id) => VirtualMark + id + ThroughMark + AnyMark;

    /// <summary>The own name of the member that the id of a virtual call or of a member names; empty for other ids.</summary>
    public static string NameIn(string id)
    {
        int start = id.StartsWith(VirtualMark, StringComparison.Ordinal) ? VirtualMark.Length : 0;
        if (string.CompareOrdinal(id, start, "M:", 0, 2) != 0)
            return "";
        int end = id.IndexOfAny(['(', ResultMark, ' '], start);
        end = end < 0 ? id.Length : end;
        int dot = id.LastIndexOf('.', end - 1, end - start);
        string name = id.Substring(dot + 1, end - dot - 1);
        int arity = name.IndexOf('`');
        return arity < 0 ? name : name.Substring(0, arity);
    }

    private void Add(string id, string text)
    {
        if (_texts.ContainsKey(id))
            return;
        _texts.Add(id, text);
        if (!id.StartsWith(VirtualMark, StringComparison.Ordinal))
            return;
        int end = id.IndexOf(ThroughMark, StringComparison.Ordinal);
        _virtualIds.Add(id.Substring(VirtualMark.Length, (end < 0 ? id.Length : end) - VirtualMark.Length));
    }
}
