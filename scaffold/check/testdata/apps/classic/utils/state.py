HISTORY = []
count = 0


def remember(what):
    global count
    count += 1
    HISTORY.append(what)
