using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.SiblingIncludes, DbRules.CodeFixes.ResultSize.SiblingIncludesFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR207 speaks, when it is quiet, and what its fix writes.</summary>
public class SiblingIncludesTests
{
    [Theory]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).Include(b => b.Owner).{|DBR207:Include|}(b => b.Authors).First(b => b.Id == 3)")]
    [InlineData("db.Blogs.Include(b => b.Posts).ThenInclude(p => p.Comments).Include(b => b.Posts).{|DBR207:ThenInclude|}(p => p.Tags).ToList()")]
    [InlineData("db.Blogs.Where(b => b.Id > 3).Include(\"Posts\").{|DBR207:Include|}(\"Authors\").OrderBy(b => b.Id).Take(3).ToList()")]
    public Task Reported(string query) => Code.Reports(Class(query));

    [Theory]
    [InlineData("db.Blogs.Include(b => b.Posts).Include(b => b.Authors).AsSplitQuery().ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).ThenInclude(p => p.Comments).ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).Include(b => b.Owner).ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).ThenInclude(p => p.Comments).Include(b => b.Posts).ThenInclude(p => p.Author).ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).Include(b => b.Authors).Count()")]
    [InlineData("db.Blogs.Include(b => b.Posts).Include(b => b.Authors).Select(b => b.Id).ToList()")]
    [InlineData("db.Blogs.Include(b => b.Labels).ToList()")]
    public Task Quiet(string query) => Code.Reports(Class(query));

    [Fact]
    public Task Quiet_where_all_queries_are_split() =>
        Code.Reports(Class("db.Blogs.Include(b => b.Posts).Include(b => b.Authors).ToList()", "options.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery);"));

    [Theory]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).ToList()", "db.Blogs.Include(b => b.Posts).Include(b => b.Authors).AsSplitQuery().ToList()")]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).First(b => b.Id == 3)", "db.Blogs.Include(b => b.Posts).Include(b => b.Authors).AsSplitQuery().First(b => b.Id == 3)")]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).OrderBy(b => b.Id).Take(3).ToList()", "db.Blogs.Include(b => b.Posts).Include(b => b.Authors).OrderBy(b => b.Id).Take(3).AsSplitQuery().ToList()")]
    [InlineData("db.Blogs.Where(b => b.Id == 3).Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).FirstOrDefault()", "db.Blogs.Where(b => b.Id == 3).Include(b => b.Posts).Include(b => b.Authors).AsSplitQuery().FirstOrDefault()")]
    public Task Fixed(string query, string fixedQuery) => Code.Fixes(Class(query), Class(fixedQuery));

    [Theory]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).First()")]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).First(b => b.Owner.Id == 3)")]
    [InlineData("db.Blogs.Include(b => b.Posts).{|DBR207:Include|}(b => b.Authors).OrderBy(b => b.Owner.Id).Take(3).ToList()")]
    public Task No_fix_where_each_part_may_find_other_rows(string query) => Code.NoFix(Class(query));

    private static string Class(string query, string options = "") =>
        $$"""
        public class Person { public int Id { get; set; } }
        public class Tag { public int Id { get; set; } }
        public class Comment { public int Id { get; set; } }
        public class Post { public int Id { get; set; } public Person Author { get; set; } = null!; public List<Comment> Comments { get; set; } = new(); public List<Tag> Tags { get; set; } = new(); }
        public class Blog { public int Id { get; set; } public Person Owner { get; set; } = null!; public List<Post> Posts { get; set; } = new(); public List<Person> Authors { get; set; } = new(); public ICollection<Tag> Labels { get; set; } = new List<Tag>(); }

        public class BlogContext : DbContext
        {
            public DbSet<Blog> Blogs { get; set; } = null!;
            protected override void OnConfiguring(DbContextOptionsBuilder options) { {{options}} }
        }

        public static class Provider { public static void UseQuerySplittingBehavior(this DbContextOptionsBuilder options, QuerySplittingBehavior behavior) { } }

        public class Reader(BlogContext db)
        {
            public object Read() => {{query}};
        }
        """;
}
