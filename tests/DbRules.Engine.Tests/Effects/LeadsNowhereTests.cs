using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>What is known at once of a call: where bodies have not been read, nothing is bound to know more.</summary>
public sealed class LeadsNowhereTests
{
    private const string Code =
        """
        interface IStore { void Put(int id); }

        class Report(Shop db, IStore store, Action<int> given)
        {
            void Run(int[] ids)
            {
                foreach (int id in ids)
                {
                    Pure(id);
                    Nested(id);
                    Load(id);
                    store.Put(id);
                    given(id);
                }
            }

            int Pure(int id) => id + 1;

            int Nested(int id) => Pure(id) + 1;

            Order Load(int id) => db.Orders.First();
        }
        """;

    [Fact]
    public void Where_bodies_have_been_read_calls_that_do_nothing_lead_nowhere() =>
        Assert.Equal("Pure yes, Nested yes, Load no, Put no, given no", Answers(others: []));

    [Fact]
    public void Among_files_that_have_not_been_read_no_call_is_known_before_somebody_asks()
    {
        string[] others = [.. Enumerable.Range(0, 9).Select(i => $"class Other{i} {{ int M() => {i}; }}")];
        Assert.Equal("Pure no, Nested no, Load no, Put no, given no", Answers(others));
        Assert.Equal("Pure yes, Nested yes, Load no, Put no, given no", Answers(others, isAskedBefore: true));
    }

    private static string Answers(string[] others, bool isAskedBefore = false)
    {
        CSharpCompilation compilation = CodeUnderTest.Of(Code).Compilation;
        SyntaxTree tree = compilation.SyntaxTrees[^1];
        compilation = compilation.AddSyntaxTrees(others.Select(other => CSharpSyntaxTree.ParseText(other, (CSharpParseOptions)tree.Options)));
        DbFacts facts = DbFacts.For(compilation, [], CancellationToken.None)!;
        SemanticModel model = compilation.GetSemanticModel(tree);
        MethodDeclarationSyntax run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "Run");
        BodyFacts body = facts.Body(model.GetDeclaredSymbol(run)!, [model.GetOperation(run.Body!)!]);
        if (isAskedBefore)
        {
            foreach (OwnCall call in body.OwnCalls)
                facts.SummaryOf(call);
        }

        Assert.All(body.OwnCalls, call => Assert.True(call.IsInIteration));
        return string.Join(", ", body.OwnCalls.Select(call => $"{call.Name} {(facts.LeadsNowhere(call) ? "yes" : "no")}"));
    }
}
