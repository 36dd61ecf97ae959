using System.Diagnostics;
using Xunit;

namespace DbRules.Tool.Tests;

/// <summary>A test that needs a browser; it is left out, and says why, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Program is null)
            Skip = "Neither chromium nor chrome is in the path (apt-get install chromium).";
    }
}

/// <summary>A Chromium without a window.</summary>
internal static class Chromium
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Its full path; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The document of a page after its scripts ran.</summary>
    public static async Task<string> DumpAsync(string page)
    {
        string profile = Directory.CreateTempSubdirectory("dbrules-chromium-").FullName;
        try
        {
            var start = new ProcessStartInfo(Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + profile, "--dump-dom", new Uri(page).AbsoluteUri,
            ]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("Chromium did not start.");
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(Limit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"Chromium did not end: {await errors}");
            }

            return await output;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
