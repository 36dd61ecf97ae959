using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Engine.SqlTexts;
using DbRules.Engine.Tests.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.SqlTexts;

/// <summary>Who calls a method, and with what.</summary>
public sealed class CallersTests
{
    [Theory]
    // Inside the type, wherever code can stand in it.
    [InlineData("private int Test(string name) => 0; int A() => Test(\"a\"); int B { get { return Test(\"b\"); } } int C => Test(\"c\"); T() { Test(\"d\"); }", "a, b, c, d")]
    [InlineData("private static int Test(string name) => 0; static int A = Test(\"a\"); static int B { get; } = Test(\"b\"); class U { int C() => Test(\"c\"); }", "a, b, c")]
    [InlineData("private int Test(string name) => name == \"\" ? Test(\"a\") : 0;", "a")]
    [InlineData("private int Test(string name) => 0; int A(string Test) => this.Test(name: Test); int B() => Test(\"b\" /* Test(\"c\") */);", "Test, b")]
    [InlineData("private int Test(string name, int id = 3) => 0; int A() => Test(\"a\"); int B() => Testing(\"b\"); int Testing(string name) => 0;", "a")]
    [InlineData("private int Test(string name) => 0; private int Test(int id) => 0; int A() => Test(3) + Test(\"a\");", "a")]
    // A private method of another type is another one.
    [InlineData("private int Test(string name) => 0; int A() => Test(\"a\"); } class V { private int Test(string name) => 0; int B() => Test(\"b\");", "a")]
    // In other types, through what it implements or overrides.
    [InlineData("public int Test(string name) => 0; } class V { int A(T t) => t.Test(\"a\"); int B(T? t) => t?.Test(\"b\") ?? 0;", "a, b")]
    [InlineData("public int Test(string name) => 0; } interface I { int Test(string other); } class V { int A(I i) => i.Test(other: \"a\");", "a")]
    [InlineData("int I.Test(string name) => 0; } interface I { int Test(string other); } class V { int A(I i) => i.Test(\"a\"); int B(V v) => v.Test(\"b\"); int Test(string name) => 0;", "a")]
    [InlineData("public override int Test(string name) => 0; } class P { public virtual int Test(string other) => 0; } class V { int A(P p) => p.Test(\"a\");", "a")]
    [InlineData("public static int Test(string name) => 0; } static class V { static int A() => T.Test(\"a\"); [Obsolete(nameof(T.Test))] static int B() => 3;", "a")]
    public void Arguments(string members, string expected)
    {
        string bases = members.Contains("class P", StringComparison.Ordinal) ? " : P" : members.Contains("interface I", StringComparison.Ordinal) ? " : I" : "";
        CodeUnderTest code = CodeUnderTest.Of($"class T{bases} {{ {members} }}");
        (Callers callers, IMethodSymbol method) = Find(code, "T");
        Assert.Equal(expected, string.Join(", ", callers.Of(method, []).SelectMany(body => Callers.ArgumentsFor(method.Parameters[0], body)).Select(argument => argument.Syntax.ToString().Trim('"'))));
    }

    [Fact]
    public void Local_functions_are_called_in_the_body_around_them()
    {
        CodeUnderTest code = CodeUnderTest.Of("class T { int A() { return Test(\"a\") + Test(\"b\"); int Test(string name) => 0; } int Test(string name) => 0; int B() => Test(\"c\"); }");
        BodyFacts body = code.Bodies().First(body => body.Owner.Name == "A").Facts;
        IMethodSymbol local = body.Roots.SelectMany(root => root.Descendants()).OfType<ILocalFunctionOperation>().Single().Symbol;
        (Callers callers, _) = Find(code, "T");
        IReadOnlyList<IOperation> caller = Assert.Single(callers.Of(local, body.Roots));
        Assert.Equal(["\"a\"", "\"b\""], Callers.ArgumentsFor(local.Parameters[0], caller).Select(argument => argument.Syntax.ToString()));
    }

    [Theory]
    [InlineData("public int Test(string name) => 0; int A() => Test(\"a\");", false)]
    [InlineData("public static int Test(string name) => 0; } class W(int x); class V() : W(T.Test(\"a\")) {", true)]
    public void Code_that_is_not_in_view(string members, bool expected)
    {
        (Callers callers, IMethodSymbol method) = Find(CodeUnderTest.Of($"class T {{ {members} }}"), "T");
        Assert.Equal(expected, callers.MayBeOutOfView(method));
    }

    [Fact]
    public void Delegates_are_found()
    {
        (Callers callers, IMethodSymbol method) = Find(CodeUnderTest.Of("class T { private static int Test(string name) => 0; int A(string[] names) => names.Select(Test).Sum() + names.Sum(new Func<string, int>(Test)); }"), "T");
        Assert.Equal(["selector", "selector"], callers.Of(method, []).SelectMany(body => Callers.DelegatesOf(method, body)).Select(argument => argument.Parameter!.Name));
    }

    private static (Callers Callers, IMethodSymbol Method) Find(CodeUnderTest code, string type)
    {
        var callers = new Callers(code.Compilation, new MemberBodies(new CompilationContext(code.Compilation, ModelIndex.Create(code.Compilation, ModelSet.BuiltIn), false)));
        return (callers, code.Compilation.GetTypeByMetadataName(type)!.GetMembers().OfType<IMethodSymbol>().First(method => method.Name == "Test" || method.Name.EndsWith(".Test", StringComparison.Ordinal)));
    }
}
