namespace DbRules.Engine.SqlTexts;

/// <summary>Whether a value can change what a SQL text says, from the best to the worst.</summary>
internal enum Trust
{
    /// <summary>It cannot: a constant, a number, a word of a list that the code checks, a text whose quotes are doubled.</summary>
    Harmless = 0,

    /// <summary>It was given once, when the object that uses it was made: a schema, a prefix, a setting.</summary>
    Setting,

    /// <summary>Where it comes from is not in view.</summary>
    Unknown,

    /// <summary>It is text of any kind: what a caller passes in, what a row holds.</summary>
    Data,
}
