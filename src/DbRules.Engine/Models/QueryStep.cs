namespace DbRules.Engine.Models;

/// <summary>The part of a query that a composing member adds: the word behind <c>composes</c>.</summary>
public enum QueryStep
{
    /// <summary>The member composes nothing.</summary>
    None,

    /// <summary>A step that no word describes; it may change anything.</summary>
    Other,

    Where,
    Order,
    Skip,
    Take,

    /// <summary>Skips the rows of earlier pages and takes those of one.</summary>
    Page,

    Select,
    SelectMany,
    Include,
    Tracking,
    Group,
    Join,
    Distinct,
    SetOperation,
    Cast,

    /// <summary>Split queries, tags, filters: changes how the query runs, not what it returns.</summary>
    Options,
}
