// Nothing to call: preloaded into a process, the library shows it another time of day.
