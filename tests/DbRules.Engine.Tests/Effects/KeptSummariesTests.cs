using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using DbRules.Engine.Tests.Calls;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>
/// What a compilation has worked out about other files serves the next one, as an editor makes it, where that says the same: each test asks about the calls of the first
/// file, edits something, and looks what is kept before anybody asks again.
/// </summary>
public sealed class KeptSummariesTests
{
    private const string Edited =
        """
        class Report(Helpers helpers, Limits limits, IStore store, Shop db)
        {
            const int Most = 10;
            readonly int _least = 1;

            public void Run(int[] ids)
            {
                foreach (int id in ids)
                {
                    helpers.Pure(id);
                    helpers.Load(id);
                    helpers.Deep(id);
                    helpers.Back(this);
                    helpers.Save(id, send: false);
                    helpers.Limit(limits);
                    store.Put(id);
                }
            }

            public int Own() => _least + Most;
        }
        """;

    private const string Helpers =
        """
        class Helpers(Shop db, Deeper deeper)
        {
            public int Pure(int id) => id + 1;

            public Order Load(int id) => db.Orders.First();

            public int Deep(int id) => deeper.Read();

            public int Back(Report report) => report.Own();

            public void Save(int id, bool send)
            {
                if (send)
                    db.SaveChanges();
            }

            public int Limit(Limits limits) => limits.Most;
        }
        """;

    private const string Deeper =
        """
        interface IStore { void Put(int id); }

        class Deeper(Shop db)
        {
            public int Read() => db.Orders.Count();
        }
        """;

    private const string Limits =
        """
        class Limits(Shop db)
        {
            public int Most { get; set; }

            public int Orders() => db.Orders.Count();
        }
        """;

    private const string Everything = "Pure: nothing, Load: reads First, Deep: reads Deeper.Read → Count, Back: nothing, Save: nothing, Limit: nothing";
    private const string Nothing = "Pure: -, Load: -, Deep: -, Back: -, Save: -, Limit: -";

    [Fact]
    public void Summaries_serve_again_when_code_in_a_body_is_edited()
    {
        Project project = Project.Asked();
        Assert.Equal(Everything, project.Kept());
        Assert.Equal(Everything.Replace("Back: nothing", "Back: -"), project.Edit("Code.cs", "helpers.Pure(id);", "helpers.Pure(id + 1);").Kept());
        Assert.Equal(Everything.Replace("Back: nothing", "Back: -"), project.Edit("Code.cs", "helpers.Pure(id);", "").Edit("Code.cs", "store.Put(id);", "").Kept());
    }

    [Fact]
    public void In_a_small_project_too_the_bodies_of_other_files_are_not_those_of_a_build()
    {
        Project project = Project.Asked(otherFiles: 4);
        Assert.Equal(Everything, project.Kept());
    }

    [Fact]
    public void White_space_and_comments_outside_of_bodies_declare_nothing() =>
        Assert.Equal(Everything.Replace("Back: nothing", "Back: -"), Project.Asked().Edit("Code.cs", "class Report", "// A report.\nclass  Report").Kept());

    [Fact]
    public void A_summary_counts_as_long_as_the_files_behind_it_are_the_same()
    {
        Project project = Project.Asked();
        Assert.Equal(Everything.Replace("Deep: reads Deeper.Read → Count", "Deep: -"), project.Edit("Deeper.cs", "db.Orders.Count()", "1").Kept());
        Assert.Equal(Nothing, project.Edit("Helpers.cs", "id + 1", "id + 2").Kept());
    }

    [Fact]
    public void What_leads_back_into_the_edited_file_is_worked_out_again()
    {
        Project project = Project.Asked().Edit("Code.cs", "_least + Most", "db.Orders.Count()");
        Assert.Contains("Back: -", project.Kept());
        project.Ask();
        Assert.Contains("Back: reads Report.Own → Count", project.Kept());
    }

    [Fact]
    public void A_property_that_gets_code_is_another_one()
    {
        Project project = Project.Asked().Edit("Limits.cs", "get;", "get => Orders();");
        Assert.Equal(Nothing, project.Kept());
        project.Ask();
        Assert.Contains("Limit: reads Limits.Most → Limits.Orders → Count", project.Kept());
    }

    [Theory]
    [InlineData("Most = 10", "Most = 20")]
    [InlineData("_least = 1", "_least = 2")]
    [InlineData("public int Own()", "public long Own()")]
    [InlineData("Shop db)\n", "Shop db) : IStore\n")]
    [InlineData("class Report", "class Memory : IStore { public void Put(int id) { } }\n\nclass Report")]
    [InlineData("class Report", "using System.Text;\n\nclass Report")]
    public void Another_declaration_may_mean_anything(string old, string other) =>
        Assert.Equal(Nothing, Project.Asked().Edit("Code.cs", old, other).Kept());

    [Fact]
    public void A_body_that_configures_a_model_counts_as_a_declaration()
    {
        Project project = Project.Asked(Edited + "\nclass Other : DbContext { protected override void OnModelCreating(ModelBuilder builder) { builder.Entity<Order>().HasKey(order => order.Id); } }");
        Assert.Equal(Everything, project.Kept());
        ModelSources.Calls(project.Compilation, "HasKey");
        Assert.Equal(Nothing, project.Edit("Code.cs", "order => order.Id", "order => order.Number").Kept());
    }

    [Fact]
    public void Other_files_references_options_and_rows_are_another_project()
    {
        Project project = Project.Asked();
        CSharpCompilation compilation = project.Compilation;
        Assert.Equal(Everything, new Project(compilation.WithOptions(compilation.Options.WithOverflowChecks(true).WithOverflowChecks(false))).Kept());
        Assert.Equal(Nothing, new Project(compilation.AddSyntaxTrees(Project.Parse("class Late { }", "Late.cs"))).Kept());
        Assert.Equal(Nothing, new Project(compilation.WithReferences(compilation.References.Skip(1))).Kept());
        Assert.Equal(Nothing, new Project(compilation.WithOptions(compilation.Options.WithOverflowChecks(true))).Kept());
        Assert.Equal(Nothing, new Project(compilation.WithAssemblyName("Another")).Kept());
        Assert.Equal(Nothing, new Project(compilation, new Rows("type Helpers\n  Pure  nothing\n")).Kept());
    }

    [Fact]
    public void Flags_that_are_handed_over_tell_summaries_apart()
    {
        Project project = Project.Asked();
        Assert.Equal("saves Save → SaveChanges", project.Summary("Save", new GivenFlags(True: 0b10, False: 0)) ?? project.Ask("Save", send: true));
        Assert.Equal("nothing", project.Summary("Save", new GivenFlags(True: 0, False: 0b10)));
    }

    [Fact]
    public void The_statement_at_the_end_of_a_way_is_that_of_the_compilation_that_asks()
    {
        Project project = Project.Asked().Edit("Code.cs", "helpers.Pure(id);", "");
        MethodSummary kept = project.Find("Deep")!;
        DbCall statement = kept.Read!.Statement!;
        Assert.Equal("Count", statement.Name);
        Assert.Equal(kept.Read.Locations.Last(), statement.Location);
        Assert.Same(project.Compilation.Assembly, statement.Body.Owner!.ContainingAssembly);
    }

    [Fact]
    public void An_earlier_compilation_is_not_held()
    {
        (Project now, WeakReference earlier) = AskedAndEdited();
        earlier.AssertLetGo();
        Assert.Contains("Load: reads First", now.Kept());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Project Now, WeakReference Earlier) AskedAndEdited()
    {
        Project project = Project.Asked();
        return (project.Edit("Code.cs", "helpers.Pure(id);", ""), new WeakReference(project.Compilation));
    }

    /// <summary>A project of several files, of which an editor has read the first.</summary>
    private sealed class Project(CSharpCompilation compilation, params ImmutableArray<AdditionalText> additionalFiles)
    {
        private static readonly string[] Functions = ["Pure", "Load", "Deep", "Back", "Save", "Limit"];

        public CSharpCompilation Compilation { get; } = compilation;

        public static Project Asked(string edited = Edited, int otherFiles = 20)
        {
            IEnumerable<SyntaxTree> others = Enumerable.Range(0, otherFiles).Select(i => Parse($"class Other{i} {{ int M() => {i}; }}", $"Other{i}.cs"));
            CSharpCompilation empty = CodeUnderTest.Of("").Compilation;
            // The files that tests share stand last: what is kept is looked for by the first ones, and other tests run at the same time.
            var project = new Project(empty.RemoveAllSyntaxTrees()
                .AddSyntaxTrees([Parse(edited, "Code.cs"), Parse(Helpers, "Helpers.cs"), Parse(Deeper, "Deeper.cs"), Parse(Limits, "Limits.cs"), .. others, .. empty.SyntaxTrees.SkipLast(1)]));
            Assert.Empty(project.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            project.Ask();
            return project;
        }

        public static SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview), path);

        public Project Edit(string path, string old, string other)
        {
            SyntaxTree file = Compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
            int start = file.ToString().ReplaceLineEndings("\n").IndexOf(old, StringComparison.Ordinal);
            Assert.True(start >= 0, old);
            return new Project(Compilation.ReplaceSyntaxTree(file, file.WithChangedText(file.GetText().Replace(new TextSpan(start, old.Length), other))), additionalFiles);
        }

        /// <summary>What the calls of the edited file do.</summary>
        public void Ask()
        {
            DbFacts facts = DbFacts.For(Compilation, additionalFiles, CancellationToken.None)!;
            foreach (OwnCall call in CallsOf(facts))
                facts.SummaryOf(call);
        }

        public string Ask(string name, bool send)
        {
            Project other = Edit("Code.cs", "send: false", send ? "send: true" : "send: false");
            DbFacts facts = DbFacts.For(other.Compilation, additionalFiles, CancellationToken.None)!;
            return facts.SummaryOf(other.CallsOf(facts).Single(call => call.Method!.Name == name)).ToString();
        }

        public string Kept() => string.Join(", ", Functions.Select(name => $"{name}: {Summary(name, name == "Save" ? new GivenFlags(True: 0, False: 0b10) : default) ?? "-"}"));

        public string? Summary(string name, GivenFlags given) => Find(name, given)?.ToString();

        public MethodSummary? Find(string name, GivenFlags given = default)
        {
            ModelSet models = ModelSet.Create(additionalFiles);
            var bodies = new MemberBodies(new CompilationContext(Compilation, ModelIndex.Create(Compilation, models), isReferenced: false));
            var method = (IMethodSymbol)Compilation.GetTypeByMetadataName("Helpers")!.GetMembers(name).Single();
            return new KnownSummaries(bodies, new EditorMemory(Compilation, bodies, new(() => KeptAnswers.For(Compilation, models, SchemaFiles.Of(additionalFiles))))).Of(new FunctionNode(method, null) { Given = given });
        }

        private ImmutableArray<OwnCall> CallsOf(DbFacts facts)
        {
            SyntaxTree file = Compilation.SyntaxTrees.Single(tree => tree.FilePath == "Code.cs");
            SemanticModel model = Compilation.GetSemanticModel(file);
            MethodDeclarationSyntax run = file.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "Run");
            return [.. facts.Body(model.GetDeclaredSymbol(run)!, [model.GetOperation(run.Body!)!]).OwnCalls];
        }
    }

    private sealed class Rows(string text) : AdditionalText
    {
        public override string Path => "Own.dbmodel";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
