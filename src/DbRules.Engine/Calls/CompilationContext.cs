using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What all bodies of one compilation share.</summary>
internal sealed class CompilationContext(Compilation compilation, ModelIndex models)
{
    public ModelIndex Models { get; } = models;

    public WellKnownTypes Types { get; } = new(compilation);

    public LibraryVocabulary Vocabulary { get; } = new(models);

    public CalleeBodies Bodies { get; } = new(compilation);

    public CodeRoles Roles { get; } = new(compilation, models);
}
