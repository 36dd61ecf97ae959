using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What all bodies of one compilation share.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="models">The rows, resolved for it.</param>
/// <param name="isReferenced">Whether another compilation refers to this one and asks about it, so that no driver keeps its semantic models.</param>
/// <param name="mayMatter">Which members of the compilation may do something to a store; null when that is not known, so that all may.</param>
internal sealed class CompilationContext(Compilation compilation, ModelIndex models, bool isReferenced, Func<IMethodSymbol, bool>? mayMatter = null)
{
    public ModelIndex Models { get; } = models;

    public WellKnownTypes Types { get; } = new(compilation);

    public LibraryVocabulary Vocabulary { get; } = new(models);

    public OwnCode Own { get; } = new(compilation, mayMatter);

    public CalleeBodies Bodies { get; } = new(compilation, isReferenced);

    public CodeRoles Roles { get; } = new(compilation, models);
}
