using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class OriginsTests
{
    [Theory]
    [InlineData("var a = id; Db.Query(/*here*/a);", "id")]
    [InlineData("var a = id + 1; var b = a; var c = b; Db.Query(/*here*/c);", "id + 1")]
    [InlineData("int a; a = id; Db.Query(/*here*/a);", "id")]
    [InlineData("var a = await Db.QueryAsync(id); Db.Query(/*here*/a);", "Db.QueryAsync(id)")]
    [InlineData("var a = await Db.QueryAsync(id).ConfigureAwait(false); Db.Query(/*here*/a);", "Db.QueryAsync(id)")]
    [InlineData("long a = (id); var b = (int)a; Db.Query(/*here*/b);", "id")]
    [InlineData("using var a = keys.GetEnumerator(); Db.Run(/*here*/a);", "keys.GetEnumerator()")]
    [InlineData("object o = id; if (o is int a) Db.Query(/*here*/a);", "id")]
    [InlineData("var a = id; if (n > 1) a = n; Db.Query(/*here*/a);", "a")]
    [InlineData("var a = id; a++; Db.Query(/*here*/a);", "a")]
    [InlineData("known.TryGetValue(id, out var a); Db.Run(/*here*/a);", "a")]
    [InlineData("foreach (var a in ids) Db.Query(/*here*/a);", "a")]
    [InlineData("var (a, b) = (id, n); Db.Query(/*here*/a);", "a")]
    [InlineData("if (ids is [var a, ..]) Db.Query(/*here*/a);", "a")]
    [InlineData("var a = id; Action change = () => a = n; Db.Query(/*here*/a);", "a")]
    [InlineData("Db.Query(/*here*/id);", "id")]
    public void Resolve(string code, string expected)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(expected, flow.Origins.Resolve(flow.Here).Syntax.ToString());
    }

    [Theory]
    [InlineData("var a = 1; a = 2; a += 3; a++;", 4)]
    [InlineData("int a; int.TryParse(name, out a);", 1)]
    [InlineData("var a = 1; Interlocked.Increment(ref a);", 2)]
    [InlineData("int a; (a, n) = (1, 2);", 1)]
    [InlineData("string? a = null; a ??= name;", 2)]
    [InlineData("foreach (var a in ids) { }", 1)]
    [InlineData("foreach (var (a, b) in known) { }", 1)]
    [InlineData("if (orders is [.. var a]) { }", 1)]
    [InlineData("if (orders is [_, ..] a) { }", 1)]
    [InlineData("if (user is { Parent: { } a }) { }", 1)]
    [InlineData("switch (user) { case { Id: 3 } a: break; }", 1)]
    [InlineData("int a;", 0)]
    [InlineData("var a = user; (a.Name, n) = (name, 2);", 1)]
    [InlineData("var a = 0; Interlocked.Increment(ref array[a]);", 1)]
    [InlineData("var a = array; Interlocked.Increment(ref a[0]);", 1)]
    public void Every_assignment_counts(string code, int expected)
    {
        FlowCode flow = FlowCode.In(code);
        ILocalSymbol local = flow.Model.SyntaxTree.GetRoot().DescendantNodes().Select(node => flow.Model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>().First(symbol => symbol.Name == "a");
        Assert.Equal(expected, flow.Origins.Of(local).Count);
    }

    [Theory]
    [InlineData("Missing.Begin(out Command a);", 1)]
    [InlineData("Command a; Missing<int>.Begin(1, out a);", 1)]
    [InlineData("var a = 1; missing(ref a);", 2)]
    [InlineData("var a = 1; missing(a, out _);", 1)]
    [InlineData("var a = new int[3]; missing(out a[0]);", 1)]
    public void Calls_that_do_not_bind_assign_what_they_are_given_to_set(string code, int expected)
    {
        FlowCode flow = FlowCode.Members($"void Run() {{ {code} }}", mayHaveErrors: true);
        ILocalSymbol local = flow.Model.SyntaxTree.GetRoot().DescendantNodes().Select(node => flow.Model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>().First(symbol => symbol.Name == "a");
        Assert.Equal(expected, flow.Origins.Of(local).Count);
    }

    [Theory]
    [InlineData("var a = new Command(); a.Text = name; Db.Run(/*here*/a);", "name")]
    [InlineData("var a = new Command(); var b = new Command(); a.Text = name; b.Text = \"b\"; Db.Run(/*here*/a);", "name")]
    [InlineData("var a = new Command(); if (n > 1) a.Text = \"x\"; else a.Text = \"y\"; Db.Run(/*here*/a);", "\"x\" \"y\"")]
    [InlineData("var a = new Command { Text = name }; Db.Run(/*here*/a);", "")]
    public void Of_members(string code, string expected)
    {
        FlowCode flow = FlowCode.In(code);
        ILocalSymbol local = Assert.IsType<ILocalReferenceOperation>(flow.Here, exactMatch: false).Local;
        Assert.Equal(expected, string.Join(' ', flow.Origins.OfMembers(local).Select(assignment => assignment.Value!.Syntax.ToString())));
    }

    [Fact]
    public void Initializers_of_new_objects_assign_nothing_of_others()
    {
        FlowCode flow = FlowCode.In("var a = new User { Name = name }; var b = new { a.Name }; Db.Run(/*here*/b);");
        IPropertySymbol property = flow.Compilation.GetTypeByMetadataName("User")!.GetMembers("Name").OfType<IPropertySymbol>().Single();
        Assert.Empty(flow.Origins.Of(property));
    }

    [Theory]
    [InlineData("var a = new List<int> { 1 }; foreach (var x in a) Db.Query(x);", true)]
    [InlineData("var a = new List<int> { 1 }; Db.Query(a.Count + a.IndexOf(3)); Db.Run(/*here*/a.Count);", true)]
    [InlineData("var a = new List<int> { 1 }; a.Add(2); Db.Query(/*here*/a.Count);", false)]
    [InlineData("var a = new List<int> { 1 }; a[0] = 2; Db.Query(/*here*/a.Count);", false)]
    [InlineData("var a = new List<int> { 1 }; Db.Run(a); Db.Query(/*here*/a.Count);", false)]
    [InlineData("var a = new List<int> { 1 }; a = ids; Db.Query(/*here*/a.Count);", false)]
    [InlineData("var a = 3; Db.Run(a); Db.Query(/*here*/a);", true)]
    public void Is_only_read(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code);
        ILocalSymbol local = flow.Model.SyntaxTree.GetRoot().DescendantNodes().Select(node => flow.Model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>().First(symbol => symbol.Name == "a");
        Assert.Equal(expected, flow.Origins.IsOnlyRead(local));
    }
}
