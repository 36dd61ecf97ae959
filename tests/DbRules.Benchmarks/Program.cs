// What the rules cost, as a share of what the compiler spends on the same code in the same run. See Benchmark.cs for the method.
using DbRules.Benchmarks;

const string Usage = """
    usage: DbRules.Benchmarks [--rounds N] FOLDER...
           DbRules.Benchmarks [--rounds N] --generated LINES,LINES,...

    FOLDER     every .cs file below it, as one compilation
    --rounds   measured rounds after one of warm-up; figures are medians (5)
    """;

var folders = new List<string>();
var sizes = new List<int>();
var rounds = 5;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], out var count) && count > 0)
        (rounds, i) = (count, i + 1);
    else if (args[i] == "--generated" && i + 1 < args.Length && TryReadSizes(args[i + 1], sizes))
        i++;
    else if (Directory.Exists(args[i]))
        folders.Add(args[i]);
    else
        return Fail($"'{args[i]}' is neither a folder nor a switch with its value.");
}

if (folders.Count + sizes.Count == 0)
    return Fail("Nothing to measure.");

var benchmark = new Benchmark(rounds);
foreach (var folder in folders)
    Report.Write(await benchmark.RunAsync(SourceCode.Read(folder)), Console.Out);
var growth = new List<Result>();
foreach (var lines in sizes)
    growth.Add(await benchmark.RunAsync(SourceCode.Generate(lines)));
if (growth.Count > 0)
{
    Report.Write(growth[^1], Console.Out);
    Report.WriteGrowth(growth, Console.Out);
}

foreach (var crash in benchmark.Crashes)
    Console.Error.WriteLine(crash);
return benchmark.Crashes.IsEmpty ? 0 : 1;

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
