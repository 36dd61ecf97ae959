using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.EntityFrameworkCore;

namespace DbRules.ExecutionTests;

/// <summary>What one run of a snippet did.</summary>
/// <param name="Result">What it returned, as JSON, or the type of the exception that it threw.</param>
/// <param name="Exception">What it threw; null: it returned.</param>
/// <param name="Rows">All rows of the database after it, as JSON.</param>
/// <param name="Commands">The commands it sent.</param>
public sealed record SnippetOutcome(string Result, Exception? Exception, string Rows, IReadOnlyCollection<string> Commands);

/// <summary>
/// Code with one static method <c>Run</c> that takes a <c>ShopContext</c> or a connection, or both, and perhaps a
/// <c>CancellationToken</c>, and returns what is to be compared. It is compiled with the shop model, like the code of any other test.
/// </summary>
public sealed class Snippet
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IncludeFields = true,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    private readonly MethodInfo _run;

    private Snippet(MethodInfo run) => _run = run;

    /// <summary>Compiles and loads the project's code.</summary>
    /// <exception cref="InvalidOperationException">It does not compile, or has not exactly one <c>Run</c>.</exception>
    public static async Task<Snippet> LoadAsync(Project project, string what)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        using var image = new MemoryStream();
        EmitResult emitted = compilation.WithAssemblyName($"Snippet-{Guid.NewGuid():N}").Emit(image);
        ImmutableArray<Diagnostic> errors = [.. emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (!emitted.Success)
            throw new InvalidOperationException($"{what} does not compile:\n{DiagnosticText.List(errors)}");

        MethodInfo[] methods =
        [
            .. Assembly.Load(image.ToArray()).GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(method => method.Name == "Run"),
        ];
        return methods is [var run]
            ? new Snippet(run)
            : throw new InvalidOperationException($"{what} has {methods.Length} static methods 'Run'; one is needed.");
    }

    /// <summary>Runs the code on a fresh database.</summary>
    public async Task<SnippetOutcome> RunAsync(ShopDatabase database)
    {
        await using ShopSession session = await database.OpenAsync();
        (string result, Exception? exception) = await ResultAsync(session);
        await session.Connection.DisposeAsync();
        string rows = JsonSerializer.Serialize(await session.ReadAllAsync(), Json);
        return new SnippetOutcome(result, exception, rows, session.Log.Commands);
    }

    private async Task<(string Result, Exception? Exception)> ResultAsync(ShopSession session)
    {
        var contexts = new List<DbContext>();
        object?[] arguments = [.. _run.GetParameters().Select(parameter => Argument(parameter.ParameterType, session, contexts))];
        try
        {
            object? returned = _run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            if (returned is Task task)
            {
                await task;
                returned = task.GetType().GetProperty(nameof(Task<object>.Result))?.GetValue(task);
            }

            return (JsonSerializer.Serialize(returned, Json), null);
        }
        catch (Exception exception)
        {
            return ($"threw {exception.GetType().FullName}", exception);
        }
        finally
        {
            foreach (DbContext context in contexts)
                await context.DisposeAsync();
        }
    }

    private static object Argument(Type type, ShopSession session, List<DbContext> contexts)
    {
        if (type == typeof(CancellationToken))
            return CancellationToken.None;
        if (type.IsInstanceOfType(session.Connection))
            return session.Connection;
        if (!typeof(DbContext).IsAssignableFrom(type))
            throw new InvalidOperationException($"'Run' asks for a {type}, which a test cannot give.");

        var context = (DbContext)Activator.CreateInstance(type, session.ContextOptions)!;
        contexts.Add(context);
        return context;
    }
}
