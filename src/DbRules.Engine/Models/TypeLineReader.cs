namespace DbRules.Engine.Models;

/// <summary>Reads the words of a <c>type</c> line. An unknown word is a problem; the type and its rows stay.</summary>
internal readonly struct TypeLineReader(ModelReader reader)
{
    public TypeRow Read(Token name, List<Token> words, int start, string library)
    {
        var traits = TypeTraits.None;
        var marks = TypeMarks.None;
        var andDerived = false;
        string? dialect = null;
        var assemblies = new List<string>();
        var namespaces = new List<string>();
        for (var i = start; i < words.Count; i++)
        {
            var word = words[i];
            if (word.Text == ModelWords.AndDerived)
                andDerived = true;
            else if (word.Text == ModelWords.Optional)
                marks |= TypeMarks.Optional;
            else if (word.Text == ModelWords.Nothing)
                marks |= TypeMarks.Silences | TypeMarks.StatesTraits;
            else if (ModelWords.Traits.TryGetValue(word.Text, out var trait))
                traits |= (TypeTraits)trait;
            else if (After(word, ModelWords.Dialect) is { } dialectName)
                dialect = KnownDialect(word, dialectName) ?? dialect;
            else if (After(word, ModelWords.AssemblyName) is { } assembly)
                assemblies.Add(assembly);
            else if (After(word, ModelWords.UsingNamespace) is { } prefix)
                namespaces.Add(prefix);
            else
                reader.Report(word.Span, $"'{word.Text}' is not a word of a type line. Allowed: {ModelWords.TypeWords}");
        }

        if (traits != TypeTraits.None || dialect is not null)
            marks |= TypeMarks.StatesTraits;
        if ((marks & TypeMarks.Silences) != 0 && (traits != TypeTraits.None || dialect is not null))
        {
            reader.Report(name.Span, $"'nothing' says that '{name.Text}' is nothing to the rules; it cannot stand beside other words about the type");
            (traits, dialect) = (TypeTraits.None, null);
        }

        var model = new TypeModel(library, name.Text, andDerived, traits, dialect);
        return new TypeRow(model, marks, [.. assemblies], [.. namespaces], name.Span);
    }

    private string? KnownDialect(Token word, string name)
    {
        if (Array.IndexOf(ModelWords.Dialects, name) >= 0)
            return name;
        reader.Report(word.Span, $"'{name}' is not a known dialect. Allowed: {ModelWords.List(ModelWords.Dialects)}");
        return null;
    }

    /// <summary>The rest behind <c>key:</c>; null when the word has another key or nothing behind it.</summary>
    private static string? After(Token word, string key) =>
        word.Text.Length > key.Length + 1 && word.Text[key.Length] == ':' && word.Text.StartsWith(key, StringComparison.Ordinal)
            ? word.Text.Substring(key.Length + 1)
            : null;
}
