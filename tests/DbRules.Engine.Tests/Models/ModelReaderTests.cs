using DbRules.Engine.Models;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Models;

public sealed class ModelReaderTests
{
    public static TheoryData<string, DbEffect> Effects => Data<DbEffect, long>(ModelWords.Effects);

    public static TheoryData<string, RowCount> RowCounts => Data<RowCount, int>(ModelWords.RowCounts);

    public static TheoryData<string, QueryStep> Steps => Data<QueryStep, int>(ModelWords.Steps);

    public static TheoryData<string, ParameterRole> Roles => Data<ParameterRole, int>(ModelWords.Roles);

    public static TheoryData<string, TypeTraits> Traits => Data<TypeTraits, long>(ModelWords.Traits);

    public static TheoryData<string> Dialects => [.. ModelWords.Dialects];

    [Theory]
    [MemberData(nameof(Effects))]
    public void An_effect_word_sets_its_effect(string word, DbEffect effect) => Assert.Equal(effect, Row(word).Effect);

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void A_rows_word_sets_the_row_count(string word, RowCount rows) => Assert.Equal(rows, Row(word).Rows);

    [Theory]
    [MemberData(nameof(Steps))]
    public void Composes_takes_a_step(string word, QueryStep step)
    {
        var row = Row("composes " + word);
        Assert.Equal((DbEffect.Composes, step), (row.Effect, row.Step));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_word_names_a_parameter(string word, ParameterRole role)
    {
        var row = Row(word + ":someName");
        Assert.Equal("someName", row.Parameters[role]);
        Assert.Equal("someName", Assert.Single(row.ParametersOf(role)));
        Assert.True(row.Plays("someName", role));
        Assert.False(row.Plays("otherName", role));
        Assert.Single(row.Parameters);
    }

    [Theory]
    [MemberData(nameof(Traits))]
    public void A_type_word_sets_its_trait(string word, TypeTraits trait) => Assert.Equal(trait, Type("type A.B " + word).Model.Traits);

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_dialect_is_kept(string name) => Assert.Equal(name, Type("type A.B dialect:" + name).Model.Dialect);

    [Fact]
    public void Every_enum_member_has_a_word()
    {
        Assert.Equal(Enum.GetValues<DbEffect>().Except([DbEffect.None, DbEffect.Composes]).Order(), ModelWords.Effects.Values.Select(value => (DbEffect)value).Order());
        Assert.Equal(Enum.GetValues<RowCount>().Except([RowCount.Unknown]).Order(), ModelWords.RowCounts.Values.Select(value => (RowCount)value).Order());
        Assert.Equal(Enum.GetValues<QueryStep>().Except([QueryStep.None]).Order(), ModelWords.Steps.Values.Select(value => (QueryStep)value).Order());
        Assert.Equal(Enum.GetValues<ParameterRole>().Order(), ModelWords.Roles.Values.Select(value => (ParameterRole)value).Order());
        Assert.Equal(Enum.GetValues<TypeTraits>().Except([TypeTraits.None]).Order(), ModelWords.Traits.Values.Select(value => (TypeTraits)value).Order());
    }

    [Fact]
    public void Nothing_is_a_row_without_effect()
    {
        var row = Row("nothing");
        Assert.Equal((DbEffect.None, RowCount.Unknown, QueryStep.None), (row.Effect, row.Rows, row.Step));
    }

    [Fact]
    public void Words_of_a_row_add_up()
    {
        var row = Row("round-trip reads writes-by-sql many sql:sql values:param|more values:yetMore");
        Assert.Equal(DbEffect.RoundTrip | DbEffect.Reads | DbEffect.WritesBySql, row.Effect);
        Assert.Equal(RowCount.Many, row.Rows);
        Assert.Equal("param", row.Parameters[ParameterRole.Values]);
        Assert.Equal(["param", "more", "yetMore"], row.ParametersOf(ParameterRole.Values).ToArray());
        Assert.Empty(row.ParametersOf(ParameterRole.Cancel));
    }

    [Fact]
    public void Library_names_what_follows_and_the_file_name_what_stands_before()
    {
        var file = Read("type A.B\n  M waits\nlibrary  Some   Store\ntype A.C\n  M waits", "some/folder/Mine.dbmodel");
        Assert.Empty(file.Problems);
        Assert.Equal(["Mine", "Some Store"], file.Types.Select(type => type.Model.Library));
        Assert.Equal(["Mine", "Some Store"], file.Types.Select(type => type.Member("M")!.Library));
    }

    [Fact]
    public void A_type_line_keeps_marks_apart_from_traits()
    {
        var type = Type("type A.B`2+C and-derived optional assembly:One assembly:Two using:A.B session query dialect:mysql");
        Assert.Equal("A.B`2+C", type.Model.Name);
        Assert.True(type.Model.AndDerived);
        Assert.Equal(TypeTraits.Session | TypeTraits.Query, type.Model.Traits);
        Assert.Equal(["One", "Two"], type.Assemblies);
        Assert.Equal(["A.B"], type.Namespaces);
        Assert.True(type.Has(TypeMarks.Optional) && type.Has(TypeMarks.StatesTraits) && !type.Has(TypeMarks.Silences));
        Assert.True(Type("type A.B nothing").Has(TypeMarks.Silences));
        Assert.False(Type("type A.B and-derived").Has(TypeMarks.StatesTraits));
    }

    [Theory]
    [InlineData("Find", "Find", false)]
    [InlineData("Query[Async]", "Query QueryAsync", true)]
    [InlineData("First[OrDefault][Async]", "First FirstAsync FirstOrDefault FirstOrDefaultAsync", true)]
    [InlineData("Try[Get]Value", "TryGetValue TryValue", false)]
    [InlineData(".ctor", ".ctor", false)]
    [InlineData("Überholen", "Überholen", false)]
    public void Brackets_expand_to_all_combinations(string group, string names, bool hasAsyncTwin)
    {
        var type = Type($"type A.B\n  {group}  waits");
        Assert.Equal(names.Split(' '), type.MemberNames.Order(StringComparer.Ordinal));
        Assert.All(type.Rows[0].Members, member => Assert.Equal(hasAsyncTwin, member.Model.HasAsyncTwin));
    }

    [Fact]
    public void Names_alone_share_the_words_of_the_next_row()
    {
        var type = Type("""
            type A.B
              First Second
              Third[Async]   # a comment

              # another
              Fourth         reads one  sql:text
              Fifth          waits
            """);
        Assert.Equal(2, type.Rows.Count);
        Assert.Equal(["First", "Second", "Third", "ThirdAsync", "Fourth"], type.Rows[0].Members.Select(member => member.Model.Name));
        Assert.All(type.Rows[0].Members, member => Assert.Equal(DbEffect.Reads, member.Model.Effect));
        Assert.Equal(DbEffect.Waits, type.Member("Fifth")!.Effect);
        Assert.Equal("A.B.Fifth", type.Member("Fifth")!.ToString());
    }

    [Theory]
    [InlineData("type A.B\r\n\tM\twaits\r\n")]
    [InlineData("type A.B # comment\n  M waits # comment")]
    [InlineData("# comment\n\n   # indented comment\ntype A.B\n\n    M waits")]
    public void White_space_and_comments_do_not_matter(string text) => Assert.Equal(DbEffect.Waits, Type(text).Member("M")!.Effect);

    [Theory]
    [InlineData("typo A.B", "'library NAME' or 'type NAME'", "typo")]
    [InlineData("library", "'library' needs", "library")]
    [InlineData("type", "'type' needs", "type")]
    [InlineData("type A..B", "'type' needs", "A..B")]
    [InlineData("type A.B`x", "'type' needs", "A.B`x")]
    [InlineData("type A.B<T>", "'type' needs", "A.B<T>")]
    [InlineData("  M waits", "needs a 'type' line above", "M")]
    [InlineData("type A.B wrong", "'wrong' is not a word of a type line. Allowed: adapter, ambient, and-derived", "wrong")]
    [InlineData("type A.B dialect:db2", "'db2' is not a known dialect. Allowed: mysql, oracle", "dialect:db2")]
    [InlineData("type A.B dialect:", "'dialect:' is not a word of a type line", "dialect:")]
    [InlineData("type A.B nothing session", "cannot stand beside other words", "A.B")]
    [InlineData("type A.B\ntype A.B", "already stands in line 1", "A.B")]
    [InlineData("type A.B\n  M reeds", "'reeds' is not a word of a member row. Allowed: accepts-all, advances", "reeds")]
    [InlineData("type A.B\n  M composes", "'composes' needs the step behind it. Allowed: cast, distinct", "composes")]
    [InlineData("type A.B\n  M composes sideways", "'composes' needs the step", "sideways")]
    [InlineData("type A.B\n  M composes skip composes take", "composes one step", "take")]
    [InlineData("type A.B\n  M one many", "'many' contradicts an earlier word", "many")]
    [InlineData("type A.B\n  M nothing reads", "cannot stand beside other words", "M")]
    [InlineData("type A.B\n  M nothing sql:sql", "cannot stand beside other words", "M")]
    [InlineData("type A.B\n  M text:sql", "'text' is not a role. Allowed: acquires, answers, buffered, cancel", "text:sql")]
    [InlineData("type A.B\n  M sql:", "'sql:' needs the name of a parameter", "sql:")]
    [InlineData("type A.B\n  M sql:a|", "'sql:' needs the name of a parameter", "sql:a|")]
    [InlineData("type A.B\n  M sql:a-b", "'sql:' needs the name of a parameter", "sql:a-b")]
    [InlineData("type A.B\n  M :a", "':a' is not a word of a member row", ":a")]
    [InlineData("type A.B\n  m waits", "'m' does not", "m")]
    [InlineData("type A.B\n  waits", "'waits' does not", "waits")]
    [InlineData("type A.B\n  M waits N", "'N' stands behind words", "N")]
    [InlineData("type A.B\n  M[Async waits", "not the name of a member or a group", "M[Async")]
    [InlineData("type A.B\n  M[] waits", "not the name of a member or a group", "M[]")]
    [InlineData("type A.B\n  M[a][b][c][d][e] waits", "at most 4 brackets", "M[a][b][c][d][e]")]
    [InlineData("type A.B\n  M[a[b]] waits", "not the name of a member or a group", "M[a[b]]")]
    [InlineData("type A.B\n  M.N waits", "not the name of a member or a group", "M.N")]
    [InlineData("type A.B\n  .cctor waits", "not the name of a member or a group", ".cctor")]
    [InlineData("type A.B\n  M", "No words follow 'M'", "M")]
    [InlineData("type A.B\n  M\ntype A.C", "No words follow 'M'", "M")]
    [InlineData("type A.B\n  M waits\n  M lazy", "'M' of 'A.B' already has a row", "M")]
    [InlineData("type A.B\n  M M waits", "'M' stands twice in this row", "M")]
    public void A_mistake_is_one_problem_with_its_place(string text, string message, string place)
    {
        var file = Read("# first line\n" + text.Replace("in line 1", "in line 2", StringComparison.Ordinal));
        var problem = Assert.Single(file.Problems);
        Assert.Contains(message.Replace("in line 1", "in line 2", StringComparison.Ordinal), problem.Message, StringComparison.Ordinal);
        Assert.Equal(place, file.Text.ToString(problem.Span));
        Assert.Equal(file.Text.Lines.GetLinePositionSpan(problem.Span), problem.LineSpan);
        Assert.Equal("Test.dbmodel", problem.Path);
        var location = problem.ToLocation().GetLineSpan();
        Assert.Equal(("Test.dbmodel", problem.LineSpan), (location.Path, location.Span));
    }

    [Fact]
    public void Other_rows_count_beside_a_mistake()
    {
        var file = Read("""
            typo
            type A..B
              UnderABrokenType  waits
            type A.B wrong session
              Good              waits
              Bad               wavers
              AlsoBad           one many
              AlsoGood          lazy
            type A.C
              Fine              reads many
            """);
        Assert.Equal(5, file.Problems.Length);
        Assert.Equal(["A.B", "A.C"], file.Types.Select(type => type.Model.Name));
        Assert.Equal(["AlsoGood", "Good"], file.Types[0].MemberNames.Order());
        Assert.Equal(TypeTraits.Session, file.Types[0].Model.Traits);
        Assert.Equal(["Fine"], file.Types[1].MemberNames);
    }

    [Fact]
    public void Random_text_never_throws()
    {
        var words = ModelWords.Effects.Keys.Concat(ModelWords.Traits.Keys).Concat(ModelWords.Steps.Keys)
            .Concat(ModelWords.Roles.Keys.Select(role => role + ":value"))
            .Concat(["type", "library", "composes", "A.B", "A.B`1", "Query[Async]", "[", "]", "[]", ":", "|", "#", "`", "+", ".", ".ctor", "\n", "\n", "\n  ", "\r\n\t", " ", "\0", "\uD800", "sql:", "nothing"])
            .ToArray();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var pieces = Enumerable.Range(0, random.Next(60)).Select(_ =>
                random.Next(8) == 0 ? ((char)random.Next(1, 0x3000)).ToString() : words[random.Next(words.Length)] + (random.Next(3) == 0 ? "" : " "));
            var text = string.Concat(pieces);
            var file = Read(text);
            Assert.All(file.Problems, problem => Assert.InRange(problem.Span.End, problem.Span.Start, text.Length));
        }
    }

    private static TheoryData<string, T> Data<T, TNumber>(Dictionary<string, TNumber> words) where T : struct, Enum where TNumber : struct
    {
        var data = new TheoryData<string, T>();
        foreach (var word in words)
            data.Add(word.Key, (T)Enum.ToObject(typeof(T), word.Value));
        return data;
    }

    private static ModelFile Read(string text, string path = "Test.dbmodel") => ModelReader.Read(SourceText.From(text), path);

    private static TypeRow Type(string text)
    {
        var file = Read(text);
        Assert.Empty(file.Problems);
        return Assert.Single(file.Types);
    }

    private static MemberModel Row(string words) => Type($"type A.B\n  M  {words}").Member("M")!;
}
