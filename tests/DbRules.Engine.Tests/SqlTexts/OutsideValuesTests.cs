using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Engine.SqlTexts;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.SqlTexts;

/// <summary>Which values somebody outside of the program chooses, as rows say of a library.</summary>
public sealed class OutsideValuesTests
{
    private const string Rows =
        """
        type Request and-derived
          Query Header  input:return
          ReadAsync     input:return
        type Values input
        type GivenAttribute and-derived input
        type Endpoint and-derived answers
        type Routes
          Map  answers:handler
        """;

    [Theory]
    [InlineData("request.Query", true)]
    [InlineData("request.Query[\"id\"]", true)]
    [InlineData("request.Query[\"id\"].Trim().ToLower()", true)]
    [InlineData("request.Query[\"id\"] ?? text", true)]
    [InlineData("request?.Query[\"id\"]", true)]
    [InlineData("request.Parts[0].Query", true)]
    [InlineData("await request.ReadAsync()", true)]
    [InlineData("(await request.ReadAsync().ConfigureAwait(false)).Trim()", true)]
    [InlineData("derived.Query[\"id\"]", true)]
    [InlineData("(string?)request.Values", true)]
    [InlineData("request.Values[0]", true)]
    [InlineData("request.Given", true)]
    [InlineData("request.Method", false)]
    [InlineData("request.ToString()", false)]
    [InlineData("text", false)]
    [InlineData("text.Trim()", false)]
    [InlineData("string.Concat(request.Query[\"id\"], text)", false)]
    [InlineData("values", false)]
    public void An_expression_reads_one_where_it_comes_in(string expression, bool expected)
    {
        (OutsideValues outside, SyntaxTree tree, SemanticModel model) = Read(
            $$"""
            using System;
            using System.Threading.Tasks;
            public readonly struct Values { public static implicit operator string?(Values values) => ""; public string? this[int index] => ""; }
            public class GivenAttribute : Attribute { }
            public class QueryParts { public string this[string key] => ""; }
            public class Request
            {
                public QueryParts Query => new();
                public Values Values => default;
                public Request[] Parts => [];
                public string Method => "";
                [Given] public string Given { get; set; } = "";
                public Task<string> ReadAsync() => Task.FromResult("");
            }
            public class Derived : Request { }
            class C { async Task<object?> M(Request request, Derived derived, string text, Values values) => {{expression}}; }
            """);
        ExpressionSyntax body = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "M").ExpressionBody!.Expression;
        Assert.Equal(expected, outside.Reads(model.GetOperation(body)!));
    }

    [Theory]
    [InlineData("class E : Endpoint { public void M(string p) { } }", true)]
    [InlineData("class E : Endpoint { public void M(string[] p) { } }", true)]
    [InlineData("class E : Endpoint { public void M(System.Collections.Generic.List<string> p) { } }", true)]
    [InlineData("class E : Endpoint { public void M(Order p) { } } class Order { public string Name { get; set; } = \"\"; }", true)]
    [InlineData("class E : Endpoint { public void M(int p) { } }", true)]
    [InlineData("class E : Endpoint { public void M(IStore p) { } } interface IStore { }", false)]
    [InlineData("class E : Endpoint { public void M(ShopOptions p) { } } class ShopOptions { }", false)]
    [InlineData("class E : Endpoint { private void M(string p) { } }", false)]
    [InlineData("class E : Endpoint { public static void M(string p) { } }", false)]
    [InlineData("class E : Endpoint { public E(string p) { } }", false)]
    [InlineData("class E { public void M(string p) { } }", false)]
    [InlineData("class E { public void M([Given] string p) { } }", true)]
    [InlineData("class E { private static void M([Given] int p) { } }", true)]
    public void A_parameter_is_one_where_its_method_answers(string type, bool expected)
    {
        (OutsideValues outside, SyntaxTree tree, SemanticModel model) = Read("public class Endpoint { } public class GivenAttribute : System.Attribute { } " + type);
        ParameterSyntax parameter = tree.GetRoot().DescendantNodes().OfType<ParameterSyntax>().Single(one => one.Identifier.ValueText == "p");
        Assert.Equal(expected, outside.IsInput((IParameterSymbol)model.GetDeclaredSymbol(parameter)!));
    }

    [Theory]
    [InlineData("routes.Map(\"/\", (string id) => { });", true)]
    [InlineData("routes.Map(\"/\", handler: (string id) => { });", true)]
    [InlineData("routes.Use(\"/\", (string id) => { });", false)]
    public void What_is_handed_to_routes_answers(string statement, bool expected)
    {
        (OutsideValues outside, SyntaxTree tree, SemanticModel model) = Read(
            $$"""
            public class Routes { public void Map(string path, System.Delegate handler) { } public void Use(string path, System.Delegate handler) { } }
            class C { void M(Routes routes) { {{statement}} } }
            """);
        ArgumentSyntax argument = tree.GetRoot().DescendantNodes().OfType<ArgumentSyntax>().Single(one => one.Expression is LambdaExpressionSyntax);
        Assert.Equal(expected, outside.AnswersAs((IArgumentOperation)model.GetOperation(argument)!));
    }

    private static (OutsideValues Outside, SyntaxTree Tree, SemanticModel Model) Read(string source)
    {
        CSharpCompilation compilation = Libraries.Compile(source);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ModelSet rows = ModelSet.Create([new TextFile("own.dbmodel", Rows)]);
        Assert.Empty(rows.Problems);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        return (new OutsideValues(new CompilationContext(compilation, ModelIndex.Create(compilation, rows), false)), tree, compilation.GetSemanticModel(tree));
    }
}
