// What the rules cost, as a share of what the compiler spends on the same code in the same run. See Benchmark.cs for the method.
using DbRules.Benchmarks;

const string Usage = """
    usage: DbRules.Benchmarks [--rounds N] FOLDER...
           DbRules.Benchmarks [--rounds N] --generated LINES,LINES,...
           DbRules.Benchmarks [--rounds N] [--only PART,PART,...] [--without RULES,RULES,...] --performance CLONES FILE
           DbRules.Benchmarks [--references ASSEMBLIES] --fixes FILE FOLDER...

    FOLDER         a repository: a compilation for each project
    --generated    code of these sizes, and how the cost grows
    --performance  writes docs/performance.md: the repositories of corpora.txt in the folder CLONES, which takes those that are missing, the growth and the latency
    --fixes        measures nothing: applies every fix of every finding, and writes each change to the file, with what it breaks; exit code 1 when one breaks something
    --references   a folder with assemblies of other packages that the code needs
    --only         of the repositories, those whose names contain one of the parts
    --without      rules that are off, by the start of their ids: DBR5 for a family
    --rounds       measured rounds after one of warm-up; figures are medians (5)

    Built with -p:WithPeers=true it measures other packages of analyzers too.
    """;

var folders = new List<string>();
var sizes = new List<int>();
var only = new List<string>();
var rulesOff = new List<string>();
var rounds = 5;
(string Clones, string File)? performance = null;
string? fixes = null, references = null;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], out var count) && count > 0)
        (rounds, i) = (count, i + 1);
    else if (args[i] == "--generated" && i + 1 < args.Length && TryReadSizes(args[i + 1], sizes))
        i++;
    else if (args[i] == "--only" && i + 1 < args.Length)
        only.AddRange(args[++i].Split(','));
    else if (args[i] == "--without" && i + 1 < args.Length)
        rulesOff.AddRange(args[++i].Split(','));
    else if (args[i] == "--performance" && i + 2 < args.Length)
        (performance, i) = ((args[i + 1], args[i + 2]), i + 2);
    else if (args[i] == "--fixes" && i + 1 < args.Length)
        fixes = args[++i];
    else if (args[i] == "--references" && i + 1 < args.Length && Directory.Exists(args[i + 1]))
        references = args[++i];
    else if (Directory.Exists(args[i]))
        folders.Add(args[i]);
    else
        return Fail($"'{args[i]}' is neither a folder nor a switch with its value.");
}

if (folders.Count + sizes.Count == 0 && performance is null)
    return Fail("Nothing to measure.");

var rules = AnalyzerSet.Rules();
if (rules.Analyzers.IsEmpty)
    return Fail("DbRules.dll holds no rules: an empty set would measure as free.");
var setup = new CodeSetup(references, rulesOff);
if (fixes is not null)
    return await CheckFixesAsync(fixes);
var benchmark = new Benchmark(rounds, rules, [.. AnalyzerSet.Peers()]);
foreach (var folder in folders)
    Report.Write(await benchmark.RunAsync(SourceCode.Read(folder, setup), byRule: true), Console.Out);
var growth = await GrowthAsync(sizes);
if (growth.Count > 0)
{
    Report.Write(growth[^1], Console.Out);
    Report.WriteGrowth(growth, Console.Out);
}

if (performance is var (clones, file))
    await new PerformancePage(benchmark, new Latency(documents: 12, rules), setup).WriteAsync(Corpora.In(clones, only), await GrowthAsync([2000, 4000, 8000, 16000]), file);

foreach (var crash in benchmark.Crashes)
    Console.Error.WriteLine(crash);
return benchmark.Crashes.IsEmpty ? 0 : 1;

async Task<int> CheckFixesAsync(string file)
{
    await using var output = new StreamWriter(file);
    var check = new FixCheck(rules, output);
    foreach (var folder in folders)
        await check.RunAsync(SourceCode.Read(folder, setup));
    Console.WriteLine($"{check.Applied} fixes applied, {check.Bad} with a problem");
    return check.Bad > 0 ? 1 : 0;
}

async Task<List<Result>> GrowthAsync(IEnumerable<int> sizes)
{
    var results = new List<Result>();
    foreach (var lines in sizes)
        results.Add(await benchmark.RunAsync(SourceCode.Generate(lines, setup), withPeers: false, byRule: true));
    return results;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    Console.Error.WriteLine(Usage);
    return 1;
}

static bool TryReadSizes(string text, List<int> sizes)
{
    foreach (var part in text.Split(','))
    {
        if (!int.TryParse(part, out var lines) || lines <= 0)
            return false;
        sizes.Add(lines);
    }

    return true;
}
